import logo from '@kaibo/ui/brand/logo.svg'
import { Icon } from '@kaibo/ui/display/icon.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { Link, useLocation } from 'wouter'
import { useWorkplace } from '../features/account/workplace.tsx'
import { AccountMenu } from './account-menu.tsx'
import { LanguageButton } from './language-button.tsx'
import { isAt, type Place, placesFor } from './places.ts'

export function Sidebar() {
  const t = useT()
  const workplace = useWorkplace()
  const places = placesFor(workplace)
  const ofPlatform = places.filter(place => place.of === 'platform')
  return (
    <aside className="sidebar">
      <img className="sidebar-logo" src={logo} alt="Kaibo 开播" />
      <AccountMenu />
      <Places label={t('nav.label')} places={places.filter(place => place.of === 'shop')} />
      {ofPlatform.length > 0 && (
        <>
          <h2 className="sidebar-title">{t('nav.platform')}</h2>
          <Places label={t('nav.platform')} places={ofPlatform} />
        </>
      )}
      <div className="sidebar-foot">
        {workplace.can('live.host') && (
          <a className="sidebar-link" href="/studio/">
            <Icon name="live" />
            {t('nav.studio')}
          </a>
        )}
        <LanguageButton />
      </div>
    </aside>
  )
}

function Places({ label, places }: { label: string; places: readonly Place[] }) {
  const t = useT()
  const [path] = useLocation()
  if (places.length === 0) return null
  return (
    <nav aria-label={label}>
      {places.map(place => (
        <Link
          key={place.id}
          href={place.href}
          className="sidebar-link"
          aria-current={isAt(path, place) ? 'page' : undefined}
        >
          <Icon name={place.icon} />
          {t(`nav.${place.id}`)}
        </Link>
      ))}
    </nav>
  )
}
