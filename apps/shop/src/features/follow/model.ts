import type { FollowedShop, FollowState } from '@kaibo/contract/people/follow'
import type { OrderedMessage } from '@kaibo/contract/show/realtime'

/** What a press shows before the server has answered. */
export const toggled = ({ isFollowing, followerCount }: FollowState): FollowState => ({
  isFollowing: !isFollowing,
  followerCount: Math.max(0, followerCount + (isFollowing ? -1 : 1)),
})

/** The followed shops that are on air, with their rooms. */
export const onAirOf = (items: readonly FollowedShop[]) =>
  items.flatMap(({ shop, live }) => (live ? [{ shop, live }] : []))

export type LiveNews = Extract<OrderedMessage, { t: 'follow.live' }>

/** News worth showing: not of the room that is open already. */
export const isNews = ({ liveId }: LiveNews, path: string): boolean => path !== `/live/${liveId}`
