/** Lines of a text with a remark beside each: what a writer aligns. */

export interface RemarkedLine {
  readonly text: string;
  readonly remark?: string;
}
