// A bar chart as SVG: one group of bars a section, nothing to load.
import type { Section } from './section.ts';

const WIDTH = 760;
const LABELS = 170;
const VALUES = 70;
const BAR = 20;
const GAP = 8;
const GROUP_HEAD = 34;
const INK = '#57606a'; // readable on a light page and on a dark one
const OURS = '#1f883d';
const OTHERS = '#8c959f';

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

export function barChart(title: string, sections: readonly Section[], key: string): string {
  const parts: string[] = [];
  let y = 0;
  for (const section of sections) {
    y += GROUP_HEAD;
    parts.push(`<text x="0" y="${y - 12}" font-weight="600">${escaped(section.title)}</text>`);
    const rows = section.rows.toSorted((a, b) => (a.figures[key] ?? 0) - (b.figures[key] ?? 0));
    const longest = Math.max(...rows.map(({ figures }) => figures[key] ?? 0));
    for (const { label, who, figures } of rows) {
      const value = figures[key] ?? 0;
      const length = Math.max(1, (value / longest) * (WIDTH - LABELS - VALUES));
      const middle = y + BAR / 2 + 4;
      parts.push(
        `<text x="${LABELS - 8}" y="${middle}" text-anchor="end">${escaped(label)}</text>`,
        `<rect x="${LABELS}" y="${y}" width="${length.toFixed(1)}" height="${BAR}" rx="2" fill="${who === 'parley' ? OURS : OTHERS}"/>`,
        `<text x="${(LABELS + length + 8).toFixed(1)}" y="${middle}">${value.toFixed(2)}</text>`,
      );
      y += BAR + GAP;
    }
  }
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${y}" width="${WIDTH}" height="${y}" role="img" aria-label="${escaped(title)}" font-family="system-ui, sans-serif" font-size="13" fill="${INK}">`,
    `<title>${escaped(title)}</title>`,
    ...parts,
    '</svg>',
    '',
  ].join('\n');
}
