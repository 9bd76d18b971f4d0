import type { FollowState } from '@kaibo/contract/people/follow'
import { Icon } from '@kaibo/ui/display/icon.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import './follow.css'
import { useFollow } from './use-follow.ts'

type FollowButtonProps = { shopId: string; shopName: string; known?: FollowState }

/** Follows a shop or lets it go; a pill that also reads over a picture. */
export function FollowButton({ shopId, shopName, known }: FollowButtonProps) {
  const t = useT()
  const { isFollowing, isKnown, toggle } = useFollow(shopId, known)
  return (
    <button
      type="button"
      className="follow-button"
      aria-pressed={isFollowing}
      aria-label={t(isFollowing ? 'follow.dropIt' : 'follow.followIt', { shop: shopName })}
      disabled={!isKnown}
      onClick={toggle}
    >
      {!isFollowing && <Icon name="plus" />}
      {t(isFollowing ? 'follow.following' : 'follow.follow')}
    </button>
  )
}
