import { faultsOf } from '@kaibo/contract/media/patrol-life'
import { useT } from '@kaibo/ui/i18n.ts'
import type { PlayerView } from '@kaibo/ui/player/player-engine.ts'
import { useFormat } from '@kaibo/ui/use-format.ts'
import { codecNames, protocolNames, signalOf, sparkline } from './model.ts'
import type { Health } from './use-health.ts'

type HealthBarProps = {
  health: Health
  /** How the picture comes to viewers; null without a picture. */
  view: PlayerView | null
}

/** What arrives from the encoder: a word, the numbers, and the bitrate of the last two minutes. */
export function HealthBar({
  health: { now: health, isUnknown, bitratesKbps },
  view,
}: HealthBarProps) {
  const t = useT()
  const format = useFormat()
  const signal = signalOf(health)
  const secOf = (ms: number) =>
    ms === 0 ? '–' : t('health.sec', { sec: format.number(Math.round(ms / 100) / 10) })
  return (
    <section className="health" aria-label={t('health.title')} data-signal={signal}>
      <p className="health-signal" role="status">
        <i aria-hidden="true" />
        {t(isUnknown ? 'health.unknown' : `health.${signal}`)}
      </p>
      {health && signal !== 'none' && (
        <dl className="health-facts k-num">
          <div>
            <dt>{t('health.bitrate')}</dt>
            <dd>{t('health.kbps', { count: health.bitrateKbps })}</dd>
          </div>
          <div>
            <dt>{t('health.frames')}</dt>
            <dd>{t('health.fps', { count: Math.round(health.framesPerSec) })}</dd>
          </div>
          <div data-detail>
            <dt>{t('health.gap')}</dt>
            <dd>{secOf(health.keyFrameGapMs)}</dd>
          </div>
          <div data-detail>
            <dt>{t('health.late')}</dt>
            <dd>{secOf(health.delayMs)}</dd>
          </div>
          {view && view.behindMs !== null && (
            <div title={t('health.delayHint')}>
              <dt>{t('health.delay')}</dt>
              <dd>
                {secOf(view.behindMs)}{' '}
                <span className="k-muted" data-detail>
                  {protocolNames[view.protocol]}
                </span>
              </dd>
            </div>
          )}
          <div data-detail>
            <dt>{t('health.codecs')}</dt>
            <dd>{codecNames(health.codecs) || '–'}</dd>
          </div>
        </dl>
      )}
      <svg
        className="health-line"
        viewBox="0 0 100 100"
        preserveAspectRatio="none"
        aria-hidden="true"
      >
        <path d={sparkline(bitratesKbps)} />
      </svg>
    </section>
  )
}

/** What is wrong with the stream and what helps; an alarm when it lasts. */
export function HealthHints({ health: { now: health, isAlarm } }: { health: Health }) {
  const t = useT()
  const faults = health ? faultsOf(health) : []
  if (faults.length === 0) return null
  return (
    <div className="health-faults" data-alarm={isAlarm || undefined} role="status">
      {isAlarm && <b>{t('health.alarm')}</b>}
      <ul>
        {faults.map(fault => (
          <li key={fault}>{t(`health.fault.${fault}`)}</li>
        ))}
      </ul>
    </div>
  )
}
