import { api } from '@kaibo/ui/data/api.tsx'
import { useQueryOf } from '@kaibo/ui/data/hooks.ts'
import { SkeletonList } from '@kaibo/ui/feedback/skeleton.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { Redirect } from 'wouter'
import { QueryError } from '../../shell/query-error.tsx'
import { StudioPage } from '../../shell/studio-page.tsx'
import { may } from '../account/model.ts'
import { useMyShop } from '../account/my-shop.tsx'
import { FilmCard } from '../film/film-card.tsx'
import { GoOn } from '../sessions/go-on.tsx'
import { sessionKey } from '../sessions/keys.ts'
import { SharersCard } from '../sharers/sharers-card.tsx'
import { RecapCard } from './recap-card.tsx'
import './recap.css'

/** How the show went. */
export function RecapPage({ liveId }: { liveId: string }) {
  const t = useT()
  return (
    <StudioPage title={t('recap.title')} back="/">
      <Recapped liveId={liveId} />
    </StudioPage>
  )
}

function Recapped({ liveId }: { liveId: string }) {
  const shop = useMyShop()
  const at = { shopId: shop.id, id: liveId }
  const session = useQueryOf(sessionKey(shop.id, liveId), () => api.live.session(at))
  const recap = useQueryOf(['recap', shop.id, liveId], () => api.live.recap(at))
  if (session.data && recap.data) {
    return (
      <>
        {may(shop, 'live.host') && <GoOn shopId={shop.id} session={session.data} />}
        <RecapCard shopName={shop.name} session={session.data} recap={recap.data} />
        <FilmCard shopId={shop.id} liveId={liveId} />
        <SharersCard shopId={shop.id} liveId={liveId} />
      </>
    )
  }
  if (recap.error?.code === 'live.not_ended') return <Redirect to={`/live/${liveId}`} replace />
  const failed = [session, recap].find(({ error }) => error !== null)
  return failed ? <QueryError of={failed} /> : <SkeletonList rows={6} />
}
