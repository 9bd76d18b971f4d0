import { Icon } from '@kaibo/ui/display/icon.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { Link } from 'wouter'
import { splitSessions } from '../sessions/model.ts'
import { useSessions } from '../sessions/use-sessions.ts'

type AlreadyOpenProps = {
  shopId: string
  /** The session that is being made here. */
  exceptId: string
}

/** One session at a time: says so before the form is filled, with the way to the open one. */
export function AlreadyOpen({ shopId, exceptId }: AlreadyOpenProps) {
  const t = useT()
  const { open } = splitSessions(useSessions(shopId).data ?? [])
  if (!open || open.id === exceptId) return null
  return (
    <p className="already-open" role="alert">
      <Icon name="warning" />
      <span>
        {t('create.alreadyOpen')} <Link href={`/live/${open.id}`}>{open.title}</Link>
      </span>
    </p>
  )
}
