import { useT } from '@kaibo/ui/i18n.ts'
import { useFormat } from '@kaibo/ui/use-format.ts'
import { codecNames, signalOf, sparkline } from './model.ts'
import type { Health } from './use-health.ts'

type HealthBarProps = {
  health: Health
  /** How far this preview is behind the newest picture that arrived; null without a picture. */
  delayMs: number | null
}

/** What arrives from the encoder: a word, the numbers, and the bitrate of the last two minutes. */
export function HealthBar({
  health: { now: health, isUnknown, bitratesKbps },
  delayMs,
}: HealthBarProps) {
  const t = useT()
  const format = useFormat()
  const signal = signalOf(health)
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
          {delayMs !== null && (
            <div title={t('health.delayHint')}>
              <dt>{t('health.delay')}</dt>
              <dd>{t('health.sec', { sec: format.number(Math.round(delayMs / 100) / 10) })}</dd>
            </div>
          )}
          <div>
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
