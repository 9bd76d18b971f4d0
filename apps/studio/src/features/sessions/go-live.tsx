import { Icon } from '@kaibo/ui/display/icon.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import '@kaibo/ui/control/button.css'
import { Link } from 'wouter'

/** The one action of the studio. */
export function GoLive() {
  const t = useT()
  return (
    <Link className="k-button go-live" data-tone="primary" data-size="l" href="/new">
      <Icon name="live" />
      {t('sessions.goLive')}
    </Link>
  )
}
