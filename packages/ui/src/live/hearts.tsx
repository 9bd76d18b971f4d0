import {
  type JSX,
  type PointerEvent,
  type ReactNode,
  type Ref,
  useEffect,
  useImperativeHandle,
  useRef,
} from 'react'
import { Icon } from '../display/icon.tsx'
import { useKitT } from '../i18n.ts'
import { useFormat } from '../use-format.ts'
import './hearts.css'
import { createHeartsCanvas, type HeartsCanvas } from './hearts-canvas.ts'

export type HeartsHandle = {
  /** Hearts of other viewers: they rise from the like button's corner. */
  rise(count: number): void
}

export type HeartsProps = {
  /** A double tap on the picture. */
  onLike: () => void
  ref?: Ref<HeartsHandle>
  /** What lies under the hearts: the player. */
  children: ReactNode
}

const doubleTapMs = 320
const doubleTapPx = 40

/**
 * Wraps the picture: a double tap likes and bursts hearts where the finger was. Keyboards and
 * screen readers use the LikeButton. With reduced motion nothing flies; the count says enough.
 */
export function Hearts({ onLike, ref, children }: HeartsProps): JSX.Element {
  const canvas = useRef<HTMLCanvasElement>(null)
  const hearts = useRef<HeartsCanvas>(null)
  const lastTap = useRef({ at: 0, x: 0, y: 0 })
  useEffect(() => {
    if (!canvas.current || matchMedia('(prefers-reduced-motion: reduce)').matches) return
    const running = createHeartsCanvas(canvas.current)
    hearts.current = running
    return () => {
      hearts.current = null
      running.destroy()
    }
  }, [])
  useImperativeHandle(ref, () => ({
    rise(count) {
      const { clientWidth = 0, clientHeight = 0 } = canvas.current ?? {}
      hearts.current?.burst(clientWidth - 40, clientHeight - 80, Math.min(count, 8))
    },
  }))
  const tap = (event: PointerEvent<HTMLDivElement>) => {
    const box = event.currentTarget.getBoundingClientRect()
    const now = { at: event.timeStamp, x: event.clientX - box.left, y: event.clientY - box.top }
    const before = lastTap.current
    lastTap.current = now
    const isNear = Math.hypot(now.x - before.x, now.y - before.y) < doubleTapPx
    if (now.at - before.at > doubleTapMs || !isNear) return
    onLike()
    hearts.current?.burst(now.x, now.y)
  }
  return (
    <div className="k-hearts" onPointerUp={tap}>
      {children}
      <canvas ref={canvas} className="k-hearts-canvas" />
    </div>
  )
}

/** Like, with the room's count; the heart beats on every press. */
export function LikeButton(props: { count: number; onLike: () => void }): JSX.Element {
  const t = useKitT()
  const format = useFormat()
  const heart = useRef<HTMLSpanElement>(null)
  const press = () => {
    props.onLike()
    const isCalm = matchMedia('(prefers-reduced-motion: reduce)').matches
    if (!isCalm) heart.current?.animate({ scale: [1, 1.35, 1] }, { duration: 260 })
  }
  return (
    <button type="button" className="k-like" aria-label={t('action.like')} onClick={press}>
      <span ref={heart}>
        <Icon name="heart-fill" />
      </span>
      {props.count > 0 && <span className="k-like-count">{format.count(props.count)}</span>}
    </button>
  )
}
