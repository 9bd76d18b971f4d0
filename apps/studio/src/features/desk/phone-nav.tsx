import { Icon } from '@kaibo/ui/display/icon.tsx'
import { useT } from '@kaibo/ui/i18n.ts'

export type Panel = 'now' | 'bag' | 'comments' | 'tools'

type PhoneNavProps = {
  value: Panel
  onChange: (panel: Panel) => void
  hasTools: boolean
  questionCount: number
  heldCount: number
}

const icons = { now: 'live', bag: 'bag', comments: 'chat', tools: 'grid' } as const

/** On a phone: which part of the desk shows; what waits for the host is counted. */
export function PhoneNav(props: PhoneNavProps) {
  const { value, onChange, hasTools, questionCount, heldCount } = props
  const t = useT()
  const panels: readonly Panel[] = hasTools
    ? ['now', 'bag', 'comments', 'tools']
    : ['now', 'bag', 'comments']
  const waiting = questionCount + heldCount
  return (
    <nav className="phone-nav" aria-label={t('desk.panels')}>
      {panels.map(panel => (
        <button
          key={panel}
          type="button"
          aria-current={panel === value ? 'page' : undefined}
          onClick={() => onChange(panel)}
        >
          <Icon name={icons[panel]} />
          {t(`phone.${panel}`)}
          {panel === 'comments' && waiting > 0 && (
            <b className="k-num" title={t('phone.waiting', { count: waiting })}>
              {waiting}
            </b>
          )}
        </button>
      ))}
    </nav>
  )
}
