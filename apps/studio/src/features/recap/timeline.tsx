import { useT } from '@kaibo/ui/i18n.ts'
import { useFormat } from '@kaibo/ui/use-format.ts'
import type { Explained } from './model.ts'

type TimelineProps = { items: readonly Explained[]; durationSec: number }

/** When which product was explained: the show as a bar, then as a list. */
export function Timeline({ items, durationSec }: TimelineProps) {
  const t = useT()
  const format = useFormat()
  return (
    <section className="timeline">
      <h2>{t('recap.timeline')}</h2>
      {items.length === 0 ? (
        <p className="k-muted">{t('recap.noExplains')}</p>
      ) : (
        <>
          <div className="timeline-bar" aria-hidden="true">
            {items.map(item => (
              <i
                key={item.key}
                data-hue={item.hue}
                style={{ '--from': item.from, '--length': item.length }}
              />
            ))}
          </div>
          <div className="timeline-ends k-num" aria-hidden="true">
            <span>{format.duration(0)}</span>
            <span>{format.duration(durationSec * 1_000)}</span>
          </div>
          <ol className="timeline-rows">
            {items.map(item => (
              <li key={item.key}>
                <i data-hue={item.hue} aria-hidden="true" />
                <span className="timeline-at k-num">{format.duration(item.offsetSec * 1_000)}</span>
                <span className="timeline-title">{item.title || t('recap.goneProduct')}</span>
                <span className="timeline-for k-num">{format.duration(item.seconds * 1_000)}</span>
              </li>
            ))}
          </ol>
        </>
      )}
    </section>
  )
}
