import { Button } from '@kaibo/ui/control/button.tsx'
import { SkeletonList } from '@kaibo/ui/feedback/skeleton.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { QueryError } from '../../shell/query-error.tsx'
import { StudioPage } from '../../shell/studio-page.tsx'
import { may } from '../account/model.ts'
import { useMyShop } from '../account/my-shop.tsx'
import { BanNote } from '../standing/notices.tsx'
import { GoLive } from './go-live.tsx'
import { Guide } from './guide.tsx'
import { splitSessions } from './model.ts'
import { OpenCard } from './open-card.tsx'
import { NothingOn, RoomsOnAir } from './rooms-on-air.tsx'
import { SessionRow } from './session-row.tsx'
import './sessions.css'
import { useSessions } from './use-sessions.ts'

/** My shop's sessions and the way to the next one. */
export function SessionsPage() {
  const t = useT()
  const shop = useMyShop()
  return (
    <StudioPage title={t('sessions.title')}>
      {may(shop, 'live.read') ? <Sessions /> : <RoomsOnAir shop={shop} />}
    </StudioPage>
  )
}

function Sessions() {
  const t = useT()
  const shop = useMyShop()
  const sessions = useSessions(shop.id)
  if (!sessions.data) {
    return sessions.error ? <QueryError of={sessions} /> : <SkeletonList rows={5} />
  }
  const goesLive = may(shop, 'live.host')
  if (sessions.data.length === 0 && goesLive) return <Guide />
  const { open, ended } = splitSessions(sessions.data)
  return (
    <div className="sessions">
      <BanNote shop={shop} />
      {open && <OpenCard session={open} />}
      {!open && (goesLive ? <NextShow /> : <NothingOn />)}
      {ended.length > 0 && (
        <section>
          <h2 className="sessions-past">{t('sessions.past')}</h2>
          <ul className="session-rows">
            {ended.map(session => (
              <SessionRow key={session.id} session={session} />
            ))}
          </ul>
        </section>
      )}
      {sessions.hasNextPage && (
        <Button
          wide
          busy={sessions.isFetchingNextPage}
          onClick={() => void sessions.fetchNextPage()}
        >
          {t('sessions.more')}
        </Button>
      )}
    </div>
  )
}

function NextShow() {
  const t = useT()
  return (
    <section className="next-show">
      <div>
        <h2>{t('sessions.nextTitle')}</h2>
        <p>{t('sessions.nextHint')}</p>
      </div>
      <GoLive />
    </section>
  )
}
