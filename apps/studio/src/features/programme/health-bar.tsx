import { useT } from '@kaibo/ui/i18n.ts'
import { codecNames, signalOf, sparkline } from './model.ts'
import type { Health } from './use-health.ts'

/** What arrives from the encoder: a word, the numbers, and the bitrate of the last two minutes. */
export function HealthBar({ health: { now: health, bitratesKbps } }: { health: Health }) {
  const t = useT()
  const signal = signalOf(health)
  return (
    <section className="health" aria-label={t('health.title')} data-signal={signal}>
      <p className="health-signal" role="status">
        <i aria-hidden="true" />
        {t(`health.${signal}`)}
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
