// Loaded into a process before anything else: its wall clock is wrong by CLOCK_WRONG_BY ms, and by as much the other way
// at each SIGUSR2.
let wrongBy = Number(process.env.CLOCK_WRONG_BY);
const TrueDate = Date;

globalThis.Date = class WrongDate extends TrueDate {
  constructor(...given) {
    if (given.length > 0) super(...given);
    else super(TrueDate.now() + wrongBy);
  }

  static now() {
    return TrueDate.now() + wrongBy;
  }
};

process.on('SIGUSR2', () => {
  wrongBy = -wrongBy;
});
