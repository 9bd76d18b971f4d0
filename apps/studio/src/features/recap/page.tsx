import { api } from '@kaibo/ui/data/api.tsx'
import { useErrorSentence, useQueryOf } from '@kaibo/ui/data/hooks.ts'
import { ErrorState } from '@kaibo/ui/feedback/empty.tsx'
import { SkeletonList } from '@kaibo/ui/feedback/skeleton.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { Link } from 'wouter'
import { StudioPage } from '../../shell/studio-page.tsx'
import { useMyShop } from '../account/my-shop.tsx'
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
  const t = useT()
  const sentence = useErrorSentence()
  const shop = useMyShop()
  const at = { shopId: shop.id, id: liveId }
  const session = useQueryOf(['session', shop.id, liveId], () => api.live.session(at))
  const recap = useQueryOf(['recap', shop.id, liveId], () => api.live.recap(at))
  const error = session.error ?? recap.error
  if (session.data && recap.data) {
    return <RecapCard shopName={shop.name} session={session.data} recap={recap.data} />
  }
  if (!error) return <SkeletonList rows={6} />
  const isOpen = error.code === 'live.not_ended'
  return (
    <>
      <ErrorState
        onRetry={() => void Promise.all([session.refetch(), recap.refetch()])}
        busy={session.isFetching || recap.isFetching}
      >
        {sentence(error)}
      </ErrorState>
      {isOpen && (
        <p className="recap-open">
          <Link href={`/live/${liveId}`}>{t('sessions.toDesk')}</Link>
        </p>
      )}
    </>
  )
}
