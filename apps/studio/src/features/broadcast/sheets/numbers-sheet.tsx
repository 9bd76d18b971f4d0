import type { StreamHealth } from '@kaibo/contract/show/live'
import { useT } from '@kaibo/ui/i18n.ts'
import { Sheet } from '@kaibo/ui/overlay/sheet.tsx'
import { useFormat } from '@kaibo/ui/use-format.ts'
import type { Cast } from '../model.ts'
import { netLevelOf } from '../publish/numbers.ts'
import type { Numbers } from '../use-numbers.ts'

type NumbersSheetProps = {
  open: boolean
  onClose: () => void
  cast: Cast
  numbers: Numbers
  /** What the server says that it gets. */
  arrived: StreamHealth | undefined
}

/** What leaves this device, what arrives, and what effects cost. */
export function NumbersSheet({ open, onClose, cast, numbers, arrived }: NumbersSheetProps) {
  const t = useT()
  const level = netLevelOf(numbers.sent)
  return (
    <Sheet open={open} onClose={onClose} title={t('broadcast.net.title')}>
      <p className="cast-advice" data-level={level}>
        {t(`broadcast.advice.${level}`)}
      </p>
      <dl className="cast-numbers k-num">
        {rowsOf({ cast, numbers, arrived, ...useWords() }).map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </Sheet>
  )
}

const useWords = () => ({ t: useT(), format: useFormat() })

type Facts = Pick<NumbersSheetProps, 'cast' | 'numbers' | 'arrived'> & ReturnType<typeof useWords>

function rowsOf({ cast, numbers: { sent, effects }, arrived, t, format }: Facts) {
  const rows: [name: string, value: string][] = []
  const add = (name: string, value: string) => rows.push([t(`broadcast.number.${name}`), value])
  const kbps = (count: number) => t('health.kbps', { count })
  const perSec = (frames: number) => t('health.fps', { count: Math.round(frames) })
  if ('by' in cast) add('way', t(`broadcast.way.${cast.by}`))
  if (sent) {
    add('sent', kbps(sent.bitrateKbps))
    if (sent.framesPerSec !== null) add('frames', perSec(sent.framesPerSec))
    if (sent.widthPx > 0) add('size', `${sent.widthPx} × ${sent.heightPx}`)
    if (sent.lossPart !== null) add('loss', format.basisPoints(Math.round(sent.lossPart * 10_000)))
    if (sent.roundTripMs !== null) add('roundTrip', `${Math.round(sent.roundTripMs)} ms`)
    if (sent.queuedMs > 0) add('queued', `${sent.queuedMs} ms`)
  }
  if (arrived?.state === 'live') {
    add('arrived', kbps(arrived.bitrateKbps))
    add('arrivedFrames', perSec(arrived.framesPerSec))
    if (arrived.keyFrameGapMs > 0) add('keyFrames', `${arrived.keyFrameGapMs} ms`)
    add('late', `${arrived.delayMs} ms`)
  }
  if (effects && effects.framesPerSec > 0) {
    add('effects', `${format.number(Math.round(effects.msPerFrame * 10) / 10)} ms`)
    add('effectFrames', perSec(effects.framesPerSec))
  }
  return rows
}
