/** What the page on which a key is pasted shows. */
import type { Wording } from '../reports/wording.ts';

/** `problem` = why the last try failed, null on the first; `next` = the path to go on to. For the page `login`. */
export function loginPage(wording: Wording, { problem, next }: { problem: string | null; next: string }) {
  return { title: wording.say('login.title'), problem, next };
}
