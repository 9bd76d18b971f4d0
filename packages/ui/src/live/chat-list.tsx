import {
  type JSX,
  type KeyboardEvent,
  type ReactNode,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react'
import { Button } from '../control/button.tsx'
import { useKitT } from '../i18n.ts'
import type { ChatFeed, ChatRow } from './chat-feed.ts'
import './chat-list.css'

export type ChatListProps<R extends ChatRow> = {
  feed: ChatFeed<R>
  /** glass: over the picture, fading at the top · plain: a column beside it. */
  look?: 'glass' | 'plain'
  /** Draws a row whose words carry more than an author and a text. */
  line?: ((row: R) => ReactNode) | undefined
}

const nearBottomPx = 32
const spokenRowsMax = 3
/** Not every browser lets the keyboard into a scrolling box by itself. */
const scrollStop = { tabIndex: 0 }

/**
 * The room's comments. It follows the newest row until the reader scrolls up, then stays where
 * they read and offers the way back. A busy log would drown a screen reader, so nothing is read
 * aloud by itself: a button reads the latest rows. Arrow keys go through rows that can be pressed.
 */
export function ChatList<R extends ChatRow>(props: ChatListProps<R>): JSX.Element {
  const { feed, look = 'glass', line } = props
  const t = useKitT()
  const rows = useSyncExternalStore(feed.subscribe, feed.rows)
  const { list, unreadCount, follow, onScroll } = useFollowing(rows)
  return (
    <div className="k-chat" data-look={look}>
      <div
        ref={list}
        className="k-chat-rows"
        role="log"
        aria-live="off"
        aria-label={t('chat.log')}
        {...scrollStop}
        onScroll={onScroll}
        onKeyDown={walk}
      >
        {rows.map(row => (
          <div key={row.id} className="k-chat-row" data-tone={row.tone}>
            {line ? line(row) : <PlainWords {...row} />}
          </div>
        ))}
      </div>
      {unreadCount > 0 && (
        <Button className="k-chat-unread" size="s" onClick={follow}>
          {t('chat.unread', { count: unreadCount })}
        </Button>
      )}
      <ReadLatest rows={rows} />
    </div>
  )
}

const PlainWords = ({ author, text }: ChatRow) => (
  <>
    <span className="k-chat-author">{author}</span>
    <span className="k-chat-text">{text}</span>
  </>
)

const steps: Readonly<Record<string, number>> = { ArrowUp: -1, ArrowDown: 1 }

/** Rows are no stops of the Tab key: nobody gets past fifty of them. */
function walk(event: KeyboardEvent<HTMLElement>): void {
  const step = steps[event.key]
  if (step === undefined) return
  const rows = [...event.currentTarget.querySelectorAll<HTMLElement>('button:enabled')]
  const at = rows.findIndex(row => row.matches(':focus'))
  const next = at === -1 ? rows.at(-1) : rows[at + step]
  if (!next) return
  event.preventDefault()
  next.focus()
}

/** Keeps the newest row in view unless the reader went up; counts what came meanwhile. */
function useFollowing(rows: readonly ChatRow[]) {
  const list = useRef<HTMLDivElement>(null)
  const [heldId, setHeldId] = useState<string | null>(null)
  const following = heldId === null

  useLayoutEffect(() => {
    if (following && rows.length > 0) scrollToEnd(list.current)
  }, [rows, following])
  useEffect(() => {
    const node = list.current
    if (!node) return
    const watch = new ResizeObserver(() => following && scrollToEnd(node))
    watch.observe(node)
    return () => watch.disconnect()
  }, [following])

  const onScroll = () => {
    const node = list.current
    if (!node) return
    const isNear = node.scrollHeight - node.scrollTop - node.clientHeight < nearBottomPx
    if (isNear) setHeldId(null)
    else if (following) setHeldId(rows.at(-1)?.id ?? null)
  }
  const unreadCount = following ? 0 : rows.length - 1 - rows.findIndex(row => row.id === heldId)
  return { list, unreadCount, follow: () => setHeldId(null), onScroll }
}

function scrollToEnd(node: HTMLElement | null): void {
  if (node) node.scrollTop = node.scrollHeight
}

function ReadLatest({ rows }: { rows: readonly ChatRow[] }): JSX.Element {
  const t = useKitT()
  const [spoken, setSpoken] = useState('')
  const speak = () => {
    const lines = rows
      .slice(-spokenRowsMax)
      .map(({ author, text }) => t('chat.latest', { author, text }))
    setSpoken(lines.join(' ') || t('chat.empty'))
  }
  return (
    <>
      <button type="button" className="k-chat-read k-sr" onClick={speak}>
        {t('chat.readLatest')}
      </button>
      <div className="k-sr" aria-live="polite">
        {spoken}
      </div>
    </>
  )
}
