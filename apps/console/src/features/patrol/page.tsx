import { Tabs } from '@kaibo/ui/control/tabs.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { useFilters } from '../../components/list/use-filters.ts'
import { PageShell } from '../../components/page-shell.tsx'
import { AlertsPanel } from './alerts-panel.tsx'
import { BansPanel } from './bans-panel.tsx'
import './patrol.css'
import { VerdictsPanel } from './evidence/verdicts-panel.tsx'
import { useWall } from './use-patrol.ts'
import { Wall } from './wall.tsx'

const views = ['wall', 'alerts', 'verdicts', 'bans'] as const

/** Every room that is on air, what asks for a look, and what was decided. */
export function PatrolPage() {
  const t = useT()
  const [filters, change] = useFilters({ view: 'wall', room: '' })
  const view = views.find(each => each === filters.view) ?? 'wall'
  const wall = useWall()
  const counts = { wall: wall.data?.items.length, alerts: wall.data?.openAlertCount }
  const openRoom = (room: string) => change({ view: 'wall', room })
  return (
    <PageShell title={t('patrol.title')} hint={<ReviewerHint name={wall.data?.reviewer} />}>
      <Tabs
        label={t('patrol.views')}
        tabs={views.map(id => ({
          id,
          label: t(`patrol.view.${id}`),
          ...(id === 'wall' || id === 'alerts' ? { count: counts[id] } : {}),
        }))}
        value={view}
        onChange={id => change({ view: id, room: '' })}
      >
        {view === 'wall' && (
          <Wall
            wall={wall}
            openId={filters.room || null}
            onOpen={id => change({ room: id ?? '' })}
          />
        )}
        {view === 'alerts' && <AlertsPanel onRoom={openRoom} />}
        {view === 'verdicts' && <VerdictsPanel />}
        {view === 'bans' && <BansPanel />}
      </Tabs>
    </PageShell>
  )
}

/** Who looks before people do; nobody should take it for more than it is. */
function ReviewerHint({ name }: { name: string | null | undefined }) {
  const t = useT()
  if (name === undefined) return null
  if (name === null) return <>{t('patrol.reviewer.none')}</>
  return <>{name === 'plain' ? t('patrol.reviewer.plain') : t('patrol.reviewer.other', { name })}</>
}
