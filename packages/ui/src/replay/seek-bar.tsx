import { type JSX, type KeyboardEvent, type PointerEvent, useRef, useState } from 'react'
import './seek-bar.css'

/** A stretch of the film with a name, such as a product that was explained. */
export type Chapter = { id: string; title: string; fromMs: number; toMs: number }

export type SeekBarProps = {
  label: string
  durationMs: number
  atMs: number
  bufferedMs?: number
  chapters?: readonly Chapter[]
  /** How a moment is written, also for screen readers. */
  text: (ms: number) => string
  /** Where the finger let go, or the key led. */
  onSeek: (ms: number) => void
}

const stepMs = 5_000
const leapMs = 30_000

/** The time line of a film with its chapters: dragged, clicked or walked by keys. */
export function SeekBar(props: SeekBarProps): JSX.Element {
  const { label, durationMs, atMs, bufferedMs = 0, chapters = [], text, onSeek } = props
  const bar = useRef<HTMLDivElement>(null)
  const [hoverMs, setHoverMs] = useState<number | null>(null)
  const [heldMs, setHeldMs] = useState<number | null>(null)
  const shownMs = heldMs ?? Math.min(atMs, durationMs)
  const shareOf = (ms: number) => (durationMs > 0 ? Math.min(1, Math.max(0, ms / durationMs)) : 0)
  const msAt = ({ clientX }: PointerEvent) => {
    const box = bar.current?.getBoundingClientRect()
    if (!box || box.width === 0) return 0
    return Math.round(shareOfBox(clientX, box) * durationMs)
  }
  const grab = (event: PointerEvent<HTMLDivElement>) => {
    if (event.button !== 0) return
    event.currentTarget.setPointerCapture(event.pointerId)
    setHeldMs(msAt(event))
  }
  const move = (event: PointerEvent<HTMLDivElement>) => {
    const ms = msAt(event)
    setHoverMs(ms)
    if (heldMs !== null) setHeldMs(ms)
  }
  const letGo = (event: PointerEvent<HTMLDivElement>) => {
    if (heldMs === null) return
    onSeek(msAt(event))
    cancel()
  }
  const cancel = () => {
    setHeldMs(null)
    setHoverMs(null)
  }
  const walk = (event: KeyboardEvent<HTMLDivElement>) => {
    const ms = keyTarget(event.key, { atMs: shownMs, durationMs })
    if (ms === null) return
    event.preventDefault()
    event.stopPropagation()
    onSeek(ms)
  }
  const tipMs = heldMs ?? hoverMs
  const chapterAt = (ms: number) =>
    chapters.find(({ fromMs, toMs }) => fromMs <= ms && ms < toMs)?.title
  const spoken = [text(shownMs), chapterAt(shownMs)].filter(Boolean).join(' ')
  return (
    <div
      ref={bar}
      className="k-seek"
      data-held={heldMs !== null || undefined}
      role="slider"
      tabIndex={0}
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={Math.round(durationMs / 1_000)}
      aria-valuenow={Math.round(shownMs / 1_000)}
      aria-valuetext={spoken}
      onPointerDown={grab}
      onPointerMove={move}
      onPointerUp={letGo}
      onPointerCancel={cancel}
      onPointerLeave={() => heldMs === null && setHoverMs(null)}
      onKeyDown={walk}
    >
      <div className="k-seek-track">
        <i className="k-seek-buffered" style={{ '--share': shareOf(bufferedMs) }} />
        {chapters.map(({ id, fromMs, toMs }) => (
          <i
            key={id}
            className="k-seek-chapter"
            style={{ '--from': shareOf(fromMs), '--share': shareOf(toMs) - shareOf(fromMs) }}
          />
        ))}
        <i className="k-seek-played" style={{ '--share': shareOf(shownMs) }} />
      </div>
      <i className="k-seek-thumb" style={{ '--share': shareOf(shownMs) }} />
      {tipMs !== null && (
        <span className="k-seek-tip" style={{ '--share': shareOf(tipMs) }} aria-hidden="true">
          {chapterAt(tipMs) && <b>{chapterAt(tipMs)}</b>}
          {text(tipMs)}
        </span>
      )}
    </div>
  )
}

const shareOfBox = (x: number, { left, width }: DOMRect) =>
  Math.min(1, Math.max(0, (x - left) / width))

/** Where a key leads, as sliders do it; null for other keys. */
export function keyTarget(
  key: string,
  { atMs, durationMs }: { atMs: number; durationMs: number },
): number | null {
  const steps: Readonly<Record<string, number>> = {
    ...{ ArrowLeft: atMs - stepMs, ArrowDown: atMs - stepMs },
    ...{ ArrowRight: atMs + stepMs, ArrowUp: atMs + stepMs },
    ...{ PageDown: atMs - leapMs, PageUp: atMs + leapMs, Home: 0, End: durationMs },
  }
  const target = steps[key]
  return target === undefined ? null : Math.min(durationMs, Math.max(0, target))
}
