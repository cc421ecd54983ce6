/** Problems that only echo another one: what a part would give that could not be read is not missing. */
import type { DiagnosticCode, Reporter } from '../../core/text/diagnostic.js';
import type { Sections } from '../schema/readSections.js';
import type { MapNode } from '../tree.js';

/** A report that keeps silent about what the unread parts of a file would have given. */
export function withoutFollowOns(sections: Sections, tree: MapNode, report: Reporter): Reporter {
  const unread = [...tree.entries.keys()].filter((key) =>
    isUnread(sections[key as keyof Sections]),
  );
  const echoes = new Set<DiagnosticCode>();
  if (unread.includes('fx')) echoes.add('rate-missing');
  if (unread.includes('evidence')) echoes.add('evidence-unlisted');
  if (unread.includes('actuals')) echoes.add('lag-reaches-back');
  if (unread.length > 0) echoes.add('path-unknown');
  const unlessEcho =
    (tell: Reporter['error']): Reporter['error'] =>
    (code, ...rest) => {
      if (!echoes.has(code)) tell(code, ...rest);
    };
  return { error: unlessEcho(report.error), warn: unlessEcho(report.warn) };
}

/** Whether a section, or one of its entries, could not be read, which has been told. */
function isUnread(section: unknown): boolean {
  return (
    section === undefined || (section instanceof Map && [...section.values()].includes(undefined))
  );
}
