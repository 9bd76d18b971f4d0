import { Icon, type IconName } from '@kaibo/ui/display/icon.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { GoLive } from './go-live.tsx'

const steps = [
  { id: 'create', icon: 'camera' },
  { id: 'push', icon: 'live' },
  { id: 'explain', icon: 'bag' },
] as const satisfies readonly { id: string; icon: IconName }[]

/** Nothing yet: the three steps to the first show. */
export function Guide() {
  const t = useT()
  return (
    <section className="guide">
      <h2>{t('guide.title')}</h2>
      <p className="k-muted">{t('guide.hint')}</p>
      <ol className="guide-steps">
        {steps.map(({ id, icon }, place) => (
          <li key={id} className="k-card">
            <span className="guide-mark">
              <Icon name={icon} />
            </span>
            <h3>
              <span className="guide-number">{place + 1}</span>
              {t(`guide.${id}.title`)}
            </h3>
            <p className="k-muted">{t(`guide.${id}.body`)}</p>
          </li>
        ))}
      </ol>
      <GoLive />
    </section>
  )
}
