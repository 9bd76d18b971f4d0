import { type JSX, useEffect, useEffectEvent, useState } from 'react'
import { useKitT } from '../i18n.ts'
import './countdown.css'
import { announcedSecond, nextTickMs, secondsLeft, timeLeft } from './countdown-clock.ts'

export type CountdownProps = {
  /** Epoch milliseconds by the server's clock. */
  endsAtMs: number
  /** Server time minus device time, in milliseconds. */
  offsetMs?: number
  /** Once, when it reaches zero. The page then waits for the server's own event. */
  onEnd?: (() => void) | undefined
  /** boxes: digits in tiles, for sales · text: plain digits. */
  look?: 'boxes' | 'text'
}

/** Counts down to a moment. Screen readers hear it at 60, 10 and 0 seconds only. */
export function Countdown(props: CountdownProps): JSX.Element {
  const { endsAtMs, offsetMs = 0, onEnd, look = 'boxes' } = props
  const t = useKitT()
  const [leftSec, setLeftSec] = useState(() => secondsLeft(endsAtMs, Date.now(), offsetMs))
  const [announced, setAnnounced] = useState<number | null>(null)
  const tellEnd = useEffectEvent(() => onEnd?.())

  useEffect(() => {
    let shownSec = secondsLeft(endsAtMs, Date.now(), offsetMs)
    let timer: ReturnType<typeof setTimeout> | undefined
    const tick = () => {
      const nowMs = Date.now()
      const currentSec = secondsLeft(endsAtMs, nowMs, offsetMs)
      const mark = announcedSecond(shownSec, currentSec)
      if (mark !== null) setAnnounced(mark)
      if (mark === 0) tellEnd()
      shownSec = currentSec
      setLeftSec(currentSec)
      if (currentSec > 0) timer = setTimeout(tick, nextTickMs(endsAtMs, nowMs, offsetMs))
    }
    tick()
    return () => clearTimeout(timer)
  }, [endsAtMs, offsetMs])

  const { days, hours, minutes, seconds } = timeLeft(leftSec)
  const cells = [hours, minutes, seconds].map(value => String(value).padStart(2, '0'))
  const clock = cells.join(':')
  return (
    <span className="k-countdown" data-look={look} data-urgent={leftSec <= 10 || undefined}>
      <span role="timer" aria-live="off">
        <span className="k-sr">
          {t('countdown.left', {
            time: days > 0 ? `${t('countdown.days', { count: days })} ${clock}` : clock,
          })}
        </span>
        <span className="k-countdown-clock" aria-hidden="true">
          {days > 0 && (
            <span className="k-countdown-days">{t('countdown.days', { count: days })}</span>
          )}
          <b>{cells[0]}</b>
          <i>:</i>
          <b>{cells[1]}</b>
          <i>:</i>
          <b>{cells[2]}</b>
        </span>
      </span>
      <span className="k-sr" aria-live="polite">
        {announced === 60 && t('countdown.minute')}
        {announced === 10 && t('countdown.seconds', { count: 10 })}
        {announced === 0 && t('countdown.over')}
      </span>
    </span>
  )
}
