/** A doubt about a forecast. */
import type { DiagnosticCode, Problem } from '../../core/text/diagnostic.js';
import type { Span } from '../../core/text/source.js';

/** Something that may well be right, and that somebody should have looked at. */
export interface Doubt {
  readonly code: DiagnosticCode;
  readonly span: Span;
  readonly problem: Problem;
}
