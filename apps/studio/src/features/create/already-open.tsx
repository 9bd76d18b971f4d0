import { Icon } from '@kaibo/ui/display/icon.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { Link } from 'wouter'
import { splitSessions } from '../sessions/model.ts'
import { useSessions } from '../sessions/use-sessions.ts'

/** One session at a time: the way to the one that is still open. */
export function AlreadyOpen({ shopId }: { shopId: string }) {
  const t = useT()
  const { open } = splitSessions(useSessions(shopId).data ?? [])
  return (
    <p className="already-open" role="alert">
      <Icon name="warning" />
      <span>
        {t('create.alreadyOpen')} {open && <Link href={`/live/${open.id}`}>{open.title}</Link>}
      </span>
    </p>
  )
}
