import type { ReplayComment } from '@kaibo/contract/media/recording'
import { api } from '@kaibo/ui/data/api.tsx'
import { type ChatFeed, createChatFeed } from '@kaibo/ui/live/chat-feed.ts'
import { useMe } from '@kaibo/ui/session/use-me.ts'
import { useEffect, useRef, useState } from 'react'
import { type ChatLine, lineOf } from '../chat/model.ts'
import { saidBetween, windowMs, windowsAt } from './model.ts'

/** Minutes of comments that are kept; going back further asks again. */
const windowsMax = 120

type Place = {
  isReady: boolean
  atMs: number
  durationMs: number
  /** Opens the comments of a hidden replay. */
  ticket: string | undefined
}

/** What people said at this moment of the show. `jumps` counts how often all of it was replaced. */
export type Said = { feed: ChatFeed<ChatLine>; jumps: number }

/** The talk of a show as its room showed it, at the pace of the replay. */
export function useSaid(liveId: string, { isReady, atMs, durationMs, ticket }: Place): Said {
  const { user } = useMe()
  const [feed] = useState(() => createChatFeed<ChatLine>())
  const [windows, ask] = useWindows(liveId, ticket)
  const [jumps, setJumps] = useState(0)
  const last = useRef<number | null>(null)
  const now = Math.floor(atMs / windowMs)
  const here = windows.get(now)
  useEffect(() => {
    if (isReady) for (const at of windowsAt(atMs, durationMs)) ask(at)
  }, [isReady, atMs, durationMs, ask])
  useEffect(() => {
    if (!here) return
    const comments = [...(windows.get(now - 1) ?? []), ...here]
    const { isJump, said } = saidBetween(comments, { fromMs: last.current, atMs })
    last.current = atMs
    const lines = said.map(({ comment }) => lineOf(comment, user?.id))
    if (!isJump) return lines.forEach(feed.push)
    feed.reset(lines)
    setJumps(count => count + 1)
  }, [feed, here, windows, now, atMs, user?.id])
  return { feed, jumps }
}

type Windows = ReadonlyMap<number, readonly ReplayComment[]>

/** Comments by the minute; a minute that could not be fetched is asked for with the next look. */
function useWindows(
  liveId: string,
  ticket?: string,
): readonly [Windows, ask: (at: number) => void] {
  const [windows, setWindows] = useState<Windows>(new Map())
  const asked = useRef(new Set<number>())
  const [ask] = useState(() => (at: number) => {
    if (asked.current.has(at)) return
    asked.current.add(at)
    const span = { fromMs: at * windowMs, toMs: (at + 1) * windowMs }
    api.recording.comments({ id: liveId, ...span, ...(ticket && { t: ticket }) }).then(
      ({ items }) =>
        setWindows(before => {
          const kept = [...before].slice(-windowsMax)
          for (const [gone] of [...before].slice(0, -windowsMax)) asked.current.delete(gone)
          return new Map([...kept, [at, items]])
        }),
      () => setTimeout(() => asked.current.delete(at), windowMs / 4),
    )
  })
  return [windows, ask]
}
