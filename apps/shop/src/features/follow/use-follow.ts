import type { FollowState } from '@kaibo/contract/people/follow'
import { api } from '@kaibo/ui/data/api.tsx'
import { useActionOf, useQueryOf } from '@kaibo/ui/data/hooks.ts'
import { useT } from '@kaibo/ui/i18n.ts'
import { toast } from '@kaibo/ui/overlay/toast-store.ts'
import { useMe } from '@kaibo/ui/session/use-me.ts'
import { useQueryClient } from '@tanstack/react-query'
import { useSignedIn } from '../sign-in/sheet.tsx'
import { toggled } from './model.ts'

/**
 * Whether I follow a shop, how many do, and the press that changes it; it answers at once. What a list
 * knows already is not asked again.
 */
export function useFollow(shopId: string, known?: FollowState) {
  const t = useT()
  const { user } = useMe()
  const cache = useQueryClient()
  const whenSignedIn = useSignedIn()
  const key = ['follow', 'state', shopId, user?.id ?? null]
  const query = useQueryOf(key, () => api.follow.state({ shopId }), {
    enabled: user !== undefined && !known,
  })
  const state = query.data ?? known
  const show = (now: FollowState) => cache.setQueryData(key, now)
  const act = useActionOf(
    (follows: boolean) =>
      follows ? api.follow.follow({ shopId }) : api.follow.unfollow({ shopId }),
    {
      refresh: [['follow', 'list']],
      onDone(now, follows) {
        show(now)
        toast.show(t(follows ? 'follow.followed' : 'follow.unfollowed'))
      },
      onRefused() {
        void cache.invalidateQueries({ queryKey: key })
        if (state) show(state)
        return false
      },
    },
  )
  const isFollowing = state?.isFollowing === true
  return {
    isFollowing,
    isKnown: state !== undefined,
    toggle: () =>
      whenSignedIn(() => {
        if (state && user) show(toggled(state))
        act.run(!isFollowing)
      }),
  }
}
