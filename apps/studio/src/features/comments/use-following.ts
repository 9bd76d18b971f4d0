import { useLayoutEffect, useRef, useState } from 'react'

const nearBottomPx = 40

/** Keeps the newest row of a list in view unless the reader went up; counts what came meanwhile. */
export function useFollowing(ids: readonly string[]) {
  const box = useRef<HTMLDivElement>(null)
  /** The newest row when the reader went up; null while the list follows. */
  const [heldId, setHeldId] = useState<string | null>(null)
  const isFollowing = heldId === null
  useLayoutEffect(() => {
    if (isFollowing && ids.length > 0 && box.current) {
      box.current.scrollTop = box.current.scrollHeight
    }
  }, [ids, isFollowing])
  const onScroll = () => {
    const node = box.current
    if (!node) return
    const isNear = node.scrollHeight - node.scrollTop - node.clientHeight < nearBottomPx
    if (isNear) setHeldId(null)
    else if (isFollowing) setHeldId(ids.at(-1) ?? null)
  }
  return {
    box,
    onScroll,
    unreadCount: isFollowing ? 0 : ids.length - 1 - ids.indexOf(heldId),
    follow: () => setHeldId(null),
    /** A row is opened: it stays where it is. */
    hold: () => setHeldId(before => before ?? ids.at(-1) ?? null),
  }
}
