// Two voices facing each other: the mark of Parley, drawn in the colours of the theme.

export function ParleyMark() {
  return (
    <svg className="parley-mark" viewBox="0 0 32 32" width="26" height="26" aria-hidden="true" focusable="false">
      <path className="one" d="M9 4h10a7 7 0 0 1 0 14h-5l-5 5v-5.200A7 7 0 0 1 9 4Z" />
      <path
        className="other"
        d="M24.500 12.600A6 6 0 0 1 25 24.300V28l-4-3.600h-5a6 6 0 0 1-4.600-2.200l3.400-2.200H19a9 9 0 0 0 5.500-7.400Z"
      />
    </svg>
  );
}
