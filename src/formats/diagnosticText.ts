/** Diagnostics → text: code, place, the excerpt with the place underlined, and what to type. */
import stringWidth from 'string-width';
import type { Diagnostic } from '../core/text/diagnostic.js';
import { beginning, betweenCharacters, ending, onOneLine } from '../core/text/printable.js';
import { cellAt, positionOf, printPlace, type Span } from '../core/text/source.js';
import { plainStyle, type Style } from './style.js';

/** The number of problems that are shown; further ones are counted. */
export const MOST_SHOWN = 20;

/** Writes the problems of one or several texts; if not all can be shown, errors come first. */
export function writeDiagnostics(
  diagnostics: readonly Diagnostic[],
  style: Style = plainStyle,
): string {
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  const warnings = diagnostics.filter(({ severity }) => severity !== 'error');
  const chosen =
    diagnostics.length <= MOST_SHOWN ? diagnostics : [...errors, ...warnings].slice(0, MOST_SHOWN);
  const more = diagnostics.length - chosen.length;
  const blocks = chosen.map((diagnostic) => describe(diagnostic, style));
  if (more > 0) blocks.push(`… and ${more} more\n`);
  return blocks.join('\n');
}

function describe(diagnostic: Diagnostic, style: Style): string {
  const { code, severity, span, message, expected, found, hint, related } = diagnostic;
  const detail = (label: string, text: string | undefined) =>
    text === undefined || text === '' ? [] : [`  ${label} ${prose(text)}`];
  return [
    `${style(severity, `${severity}[${code}]`)} ${prose(message)}`,
    ...place(span, '', style),
    ...(related ? place(related.span, `: ${prose(related.message)}`, style) : []),
    ...detail('expected:', expected),
    ...detail('found:   ', found),
    ...detail('help:    ', hint),
    '',
  ].join('\n');
}

/** The place of a span with a remark, and its excerpt. */
function place(span: Span, remark: string, style: Style): string[] {
  return [`  ${style('place', onOneLine(printPlace(span)))}${remark}`, ...excerpt(span, style)];
}

const LONGEST_PROSE = 240;

/** One line of text; if the user's own text makes it too long, its middle is left out. */
function prose(text: string): string {
  const line = onOneLine(text.trim());
  if (line.length <= LONGEST_PROSE) return line;
  return `${beginning(line, (LONGEST_PROSE * 2) / 3)} … ${ending(line, LONGEST_PROSE / 3)}`;
}

const WIDEST_EXCERPT = 96;

/** The line of a span with its part underlined; a long line is cut around the place. */
function excerpt(span: Span, style: Style): string[] {
  const { text } = span.source;
  const cell = cellAt(span);
  const lineStart = text.lastIndexOf('\n', span.start - 1) + 1;
  const newline = text.indexOf('\n', span.start);
  const whole = text.slice(lineStart, newline < 0 ? text.length : newline).trimEnd();
  const at = span.start - lineStart;
  const first = whole.length <= WIDEST_EXCERPT ? 0 : Math.max(at - WIDEST_EXCERPT / 2, 0);
  const from = betweenCharacters(whole, first);
  const to = betweenCharacters(whole, from + WIDEST_EXCERPT);
  const end = Math.min(at + span.end - span.start, whole.length, to);
  const [before, marked] = [whole.slice(from, at), whole.slice(at, end)].map(onOneLine);
  const carets = '^'.repeat(Math.max(stringWidth(marked!), 1));
  const shown = `${from > 0 ? '…' : ''}${onOneLine(whole.slice(from, to))}${to < whole.length ? '…' : ''}`;
  const indent = ' '.repeat(stringWidth(before!) + (from > 0 ? 1 : 0));
  const number = cell?.slice(cell.lastIndexOf('!') + 1) ?? String(positionOf(span).line);
  const margin = ' '.repeat(number.length);
  return [
    `  ${style('faint', `${margin} |`)}`,
    `  ${style('faint', `${number} |`)} ${shown}`.trimEnd(),
    `  ${style('faint', `${margin} |`)} ${indent}${style('error', carets)}`,
  ];
}
