// The few line drawings of the page. They are decoration: the button around them carries the name.

const DRAWINGS = {
  back: 'M15 5l-7 7 7 7',
  close: 'M6 6l12 12M18 6L6 18',
  compass: 'M12 3a9 9 0 100 18 9 9 0 000-18zM15.500 8.500l-2 5-5 2 2-5z',
  down: 'M12 5v14M6 13l6 6 6-6',
  edit: 'M4 20l1-4L16 5l3 3L8 19zM14 7l3 3',
  hash: 'M9 4L7 20M17 4l-2 16M4 9h16M3 15h16',
  leave: 'M14 4H6v16h8M10 12h10M17 9l3 3-3 3',
  lock: 'M6 11h12v9H6zM8.500 11V8a3.500 3.500 0 017 0v3',
  people:
    'M9 11a3.500 3.500 0 100-7 3.500 3.500 0 000 7zM2.500 20a6.500 6.500 0 0113 0M16 4.500a3.500 3.500 0 010 6.500M18 14a6.500 6.500 0 013.500 6',
  person: 'M12 12a4 4 0 100-8 4 4 0 000 8zM4.500 20.500a7.500 7.500 0 0115 0',
  pin: 'M9 4h6l-1 6 4 3v2H6v-2l4-3zM12 15v6',
  plus: 'M12 5v14M5 12h14',
  reply: 'M5 5h14v11h-8l-5 4v-4H5zM9 9h6M9 12h4',
  search: 'M10.500 17a6.500 6.500 0 100-13 6.500 6.500 0 000 13zM15.500 15.500L20 20',
  send: 'M4 12l16-8-6 16-3-7zM11 13l4-4',
  smile: 'M12 3a9 9 0 100 18 9 9 0 000-18zM8.500 14a4.500 4.500 0 007 0M9 9.500v.5M15 9.500v.5',
  trash: 'M4 7h16M9 7V4h6v3M6 7l1 13h10l1-13M10 11v5M14 11v5',
} as const;

export type IconName = keyof typeof DRAWINGS;

export function Icon({ name }: { name: IconName }) {
  return (
    <svg className="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={DRAWINGS[name]} />
    </svg>
  );
}
