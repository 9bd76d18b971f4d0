import { useMe } from '@kaibo/ui/session/use-me.ts'
import { useEffect } from 'react'

/** Few visits come by a link: what they need is fetched when they do. */
const withEntries = (act: (entries: typeof import('./entries.ts')) => Promise<void>) =>
  void import('./entries.ts').then(act, () => undefined)

/** Notes that this room was entered by a shared link. */
export function useShareEntry(liveId: string, shopId: string | undefined): void {
  const { user } = useMe()
  const visitor = user === undefined ? null : (user?.id ?? 'somebody')
  useEffect(() => {
    const { search } = location
    if (!search || !shopId || visitor === null) return
    const isMine = visitor !== 'somebody'
    withEntries(({ enterBy }) => enterBy(search, { liveId, shopId, atMs: Date.now(), isMine }))
  }, [liveId, shopId, visitor])
}

/** Links by which a visitor came become theirs when they sign in. */
export function ShareClaims() {
  const { user } = useMe()
  const isPerson = Boolean(user)
  useEffect(() => {
    if (isPerson) withEntries(({ claimEntries }) => claimEntries())
  }, [isPerson])
  return null
}
