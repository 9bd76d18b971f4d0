import { topics } from '@kaibo/contract/show/topics'
import { useTopic } from '@kaibo/ui/data/realtime.ts'
import { useMe } from '@kaibo/ui/session/use-me.ts'
import { useQueryClient } from '@tanstack/react-query'

/** Appointed, changed or dismissed while the desk is open: what may be done follows at once. */
export function useTeamWatch(): void {
  const cache = useQueryClient()
  const { user } = useMe()
  useTopic(user ? topics.user(user.id) : null, {
    onOrdered(message) {
      if (message.t === 'team.changed') void cache.invalidateQueries({ queryKey: ['me'] })
    },
  })
}
