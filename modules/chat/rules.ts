import { fail } from '@kaibo/contract/core/fail'
import { permissions, type UserActor } from '@kaibo/contract/core/permissions'
import { type ChatSettings, type RoomRole, threadOpenDays } from '@kaibo/contract/show/chat'
import { dayMs, minuteMs, secondMs } from '@kaibo/kernel/clock'
import type { Id } from '@kaibo/kernel/ids'
import { shopsFor } from '@kaibo/kernel/policy'
import type { LiveFacts } from '@kaibo/modules/live'
import { gistOf } from '@kaibo/wordguard/gist'

/**
 * A comment is one line that does not reach beyond itself: without signs that turn the direction of
 * what follows, without invisible ones but the joiner inside an emoji, without towers of accents.
 * Markup in it stays the text that it is.
 */
export const oneLine = (text: string): string =>
  text
    .toWellFormed()
    .normalize('NFC')
    .replaceAll(/[\p{Cf}--\u{200d}]/gv, '')
    .replaceAll(/(?<!\p{Extended_Pictographic}|\p{Emoji_Modifier}|\ufe0f)\u200d/gu, '')
    .replaceAll(/(\p{M}{4})\p{M}+/gu, '$1')
    .replaceAll(/[\s\p{Cc}]+/gu, ' ')
    .trim()

/** Whether there is something to see: zero-width and control characters alone are nothing. */
export const isBlank = (text: string): boolean => !/[^\p{Z}\p{C}\p{M}]/u.test(text)

export const roomDefaults: ChatSettings = {
  slowModeSec: 0,
  isFollowersOnly: false,
  takesQuestions: true,
}

/** Equal comments of one person that are taken in a minute. */
const repeatsMax = 3
/** Comments of one person that a room takes in a minute, over all processes. */
export const recentMax = 30

export type Recent = { id: Id; text: string; createdAt: Date }

/** Whether a room still takes comments: after its end only answers, and not for ever. */
export function decideRoom(
  room: LiveFacts | null,
  { isReply, now }: { isReply: boolean; now: Date },
): LiveFacts {
  if (!room) throw fail('live.not_found')
  if (room.state !== 'ended') return room
  const openMs = threadOpenDays * dayMs - (now.getTime() - (room.endedAt?.getTime() ?? 0))
  if (!isReply || openMs < 0) throw fail('live.ended')
  return room
}

/** Whether the settings of a room let a viewer write this; those who keep order are not asked. */
export function decideSettings(
  { takesQuestions, slowModeSec, isFollowersOnly }: ChatSettings,
  facts: {
    kind: 'comment' | 'question'
    recent: readonly Recent[]
    now: Date
    isFollower: boolean
  },
): void {
  if (facts.kind === 'question' && !takesQuestions) throw fail('chat.questions_off')
  if (isFollowersOnly && !facts.isFollower) throw fail('chat.followers_only')
  const lastMs = facts.recent[0]?.createdAt.getTime() ?? Number.NEGATIVE_INFINITY
  const waitSec = Math.ceil(slowModeSec - (facts.now.getTime() - lastMs) / secondMs)
  if (waitSec > 0) throw fail('chat.slow_mode', { waitSec })
}

/** Nobody floods a room, or says the same again and again. Throws `chat.too_fast`, `chat.repeated`. */
export function decideFlood(
  text: string,
  { recent, now }: { recent: readonly Recent[]; now: Date },
): void {
  const lastMinute = recent.filter(each => now.getTime() - each.createdAt.getTime() < minuteMs)
  if (lastMinute.length >= recentMax) throw fail('chat.too_fast')
  const gist = gistOf(text)
  const sameCount = lastMinute.filter(each => gistOf(each.text) === gist).length
  if (sameCount >= repeatsMax) throw fail('chat.repeated')
}

/** What somebody is in the rooms of a shop: the badge on their comments. */
export function roomRoleOf(author: UserActor, shopId: Id): RoomRole {
  if (shopsFor(permissions, author, 'live.host').includes(shopId)) return 'host'
  if (shopsFor(permissions, author, 'room.assist').includes(shopId)) return 'assistant'
  return shopsFor(permissions, author, 'room.moderate').includes(shopId) ? 'moderator' : 'none'
}

/** A name of which strangers see the first sign. */
export function maskName(nickname: string): string {
  const [first] = new Intl.Segmenter().segment(oneLine(nickname))
  return `${first?.segment ?? ''}**`
}
