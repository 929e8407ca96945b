// What keeps a process from starting and is for whoever started it to mend: told in one sentence, without a stack.
export class CannotStart extends Error {}
