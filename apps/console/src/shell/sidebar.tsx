import logo from '@kaibo/ui/brand/logo.svg'
import { Icon } from '@kaibo/ui/display/icon.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { LanguageButton } from '@kaibo/ui/shell/language-button.tsx'
import { Link, useLocation } from 'wouter'
import { useWorkplace } from '../features/account/workplace.tsx'
import { AccountMenu } from './account-menu.tsx'
import { isAt, type Place, type PlaceGroup, placeGroups, placesFor } from './places.ts'

export function Sidebar() {
  const t = useT()
  const workplace = useWorkplace()
  const byGroup = Map.groupBy(placesFor(workplace), place => place.group)
  return (
    <aside className="sidebar">
      <img className="sidebar-logo" src={logo} alt="Kaibo 开播" />
      <AccountMenu />
      {placeGroups.map(group => (
        <Places key={group} group={group} places={byGroup.get(group) ?? []} />
      ))}
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

function Places({ group, places }: { group: PlaceGroup; places: readonly Place[] }) {
  const t = useT()
  const [path] = useLocation()
  if (places.length === 0) return null
  const title = t(`nav.group.${group}`)
  return (
    <nav aria-label={title}>
      {group !== 'work' && <h2 className="sidebar-title">{title}</h2>}
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
