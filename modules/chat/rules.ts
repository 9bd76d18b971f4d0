import { fail } from '@kaibo/contract/core/fail'
import type { LiveState } from '@kaibo/contract/live'

/** A comment is one line; markup in it stays the text that it is. */
export const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ').trim()

/** Whether there is something to see: zero-width and control characters alone are nothing. */
export const isBlank = (text: string): boolean => !/[^\p{Z}\p{C}]/u.test(text)

/** Whether a comment may be written here. Throws `live.not_found`, `live.ended`, `chat.blank`. */
export function decideComment({ text, room }: { text: string; room: LiveState | undefined }): void {
  if (room === undefined) throw fail('live.not_found')
  if (room === 'ended') throw fail('live.ended')
  if (isBlank(text)) throw fail('chat.blank')
}
