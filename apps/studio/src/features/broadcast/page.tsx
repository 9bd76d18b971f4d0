import { api } from '@kaibo/ui/data/api.tsx'
import { useQueryOf } from '@kaibo/ui/data/hooks.ts'
import { useEffect, useState } from 'react'
import { Redirect } from 'wouter'
import { Loading } from '../../shell/loading.tsx'
import { QueryError } from '../../shell/query-error.tsx'
import { type MyShop, may } from '../account/model.ts'
import { useMyShop } from '../account/my-shop.tsx'
import { sessionKey } from '../sessions/keys.ts'
import { type Show, sessionActions } from '../sessions/model.ts'
import { DeskCamera } from './desk-camera.tsx'
import { PhoneScreen } from './phone-screen.tsx'
import { useBroadcast } from './use-broadcast.ts'

/** Go live with this device; who may not host is sent to the desk, as is who comes after the end. */
export function CameraPage({ liveId }: { liveId: string }) {
  const shop = useMyShop()
  const session = useQueryOf(sessionKey(shop.id, liveId), () =>
    api.live.session({ shopId: shop.id, id: liveId }),
  )
  if (!may(shop, 'live.host')) return <Redirect to={`/live/${liveId}`} replace />
  if (!session.data) return session.error ? <QueryError of={session} /> : <Loading />
  if (!sessionActions(session.data).isOpen) return <Redirect to={`/live/${liveId}`} replace />
  return <Casting shop={shop} show={session.data} />
}

/** The desk needs this much room for its three columns. */
const deskWidth = '(min-width: 1100px)'

function Casting({ shop, show }: { shop: MyShop; show: Show }) {
  const cast = useBroadcast({ shopId: shop.id, liveId: show.id })
  const isDesk = useMatches(deskWidth)
  return isDesk ? (
    <DeskCamera shop={shop} show={show} {...cast} />
  ) : (
    <PhoneScreen shop={shop} show={show} {...cast} />
  )
}

function useMatches(query: string): boolean {
  const [isMatched, setMatched] = useState(() => matchMedia(query).matches)
  useEffect(() => {
    const media = matchMedia(query)
    const look = () => setMatched(media.matches)
    media.addEventListener('change', look)
    return () => media.removeEventListener('change', look)
  }, [query])
  return isMatched
}
