/** Leaves out follow-on errors: if a section could not be read, its values are not reported as missing. */
import type { DiagnosticCode, Reporter } from '../../core/text/diagnostic.js';
import type { Sections } from '../schema/readSections.js';
import type { MapNode } from '../tree.js';

/** A reporter that drops the errors and warnings that follow from sections that could not be read. */
export function withoutFollowOns(sections: Sections, tree: MapNode, report: Reporter): Reporter {
  const unread = [...tree.entries.keys()].filter((key) =>
    isUnread(sections[key as keyof Sections]),
  );
  const followOns = new Set<DiagnosticCode>();
  if (unread.includes('fx')) followOns.add('rate-missing');
  if (unread.includes('evidence')) followOns.add('evidence-unlisted');
  if (unread.includes('actuals')) followOns.add('lag-reaches-back');
  if (unread.length > 0) followOns.add('path-unknown');
  const unlessFollowOn =
    (reportProblem: Reporter['error']): Reporter['error'] =>
    (code, ...rest) => {
      if (!followOns.has(code)) reportProblem(code, ...rest);
    };
  return { error: unlessFollowOn(report.error), warn: unlessFollowOn(report.warn) };
}

/** Whether a section, or one of its entries, could not be read; the reason is already reported. */
function isUnread(section: unknown): boolean {
  return (
    section === undefined || (section instanceof Map && [...section.values()].includes(undefined))
  );
}
