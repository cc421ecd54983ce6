/** Diagnostics → prose: code, place, the excerpt with the place underlined, and what to type. */
import stringWidth from 'string-width';
import type { Diagnostic } from '../core/diagnostic.js';
import { positionOf, type Span } from '../core/source.js';
import { plainStyle, type Style } from './style.js';

/** More than this many problems are counted, not shown. */
export const MOST_SHOWN = 20;

/** All problems of one or several texts, errors first where not all can be shown. */
export function writeDiagnostics(
  diagnostics: readonly Diagnostic[],
  style: Style = plainStyle,
): string {
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  const chosen =
    diagnostics.length <= MOST_SHOWN
      ? diagnostics
      : [...errors, ...diagnostics.filter((one) => !errors.includes(one))].slice(0, MOST_SHOWN);
  const more = diagnostics.length - chosen.length;
  const blocks = chosen.map((diagnostic) => describe(diagnostic, style));
  if (more > 0) blocks.push(`… and ${more} more\n`);
  return blocks.join('\n');
}

function describe(diagnostic: Diagnostic, style: Style): string {
  const { code, severity, span, message, expected, found, hint } = diagnostic;
  const { line, column } = positionOf(span);
  const detail = (label: string, text: string | undefined) =>
    text === undefined || text === '' ? [] : [`  ${label} ${text}`];
  return [
    `${style(severity, `${severity}[${code}]`)} ${message}`,
    `  ${style('place', `${span.source.name}:${line}:${column}`)}`,
    ...excerpt(span, style),
    ...detail('expected:', expected),
    ...detail('found:   ', found),
    ...detail('help:    ', hint),
    '',
  ].join('\n');
}

const WIDEST_EXCERPT = 96;

/** The line of a span with its part underlined; a long line is cut around the place. */
function excerpt(span: Span, style: Style): string[] {
  const { text } = span.source;
  const lineStart = text.lastIndexOf('\n', span.start - 1) + 1;
  const newline = text.indexOf('\n', span.start);
  const lineEnd = newline < 0 ? text.length : newline;
  const from = Math.max(lineStart, span.start - WIDEST_EXCERPT / 2);
  const to = Math.min(lineEnd, from + WIDEST_EXCERPT);
  const end = Math.min(Math.max(span.end, span.start + 1), Math.max(to, span.start + 1));
  const [before, marked] = [text.slice(from, span.start), text.slice(span.start, end)].map(
    printable,
  );
  const shown = printable(text.slice(from, to).trimEnd());
  const number = String(positionOf(span).line);
  const margin = ' '.repeat(number.length);
  const carets = '^'.repeat(Math.max(stringWidth(marked!.trimEnd()), 1));
  return [
    `  ${style('faint', `${margin} |`)}`,
    `  ${style('faint', `${number} |`)} ${from > lineStart ? '…' : ''}${shown}${to < lineEnd ? '…' : ''}`,
    `  ${style('faint', `${margin} |`)} ${from > lineStart ? ' ' : ''}${' '.repeat(stringWidth(before!))}${style('error', carets)}`,
  ];
}

/** A text that cannot move the cursor: tabs become spaces, control characters a sign. */
function printable(text: string): string {
  return text.replace(/\t/g, ' ').replace(/\p{Cc}|\p{Cs}/gu, '�');
}
