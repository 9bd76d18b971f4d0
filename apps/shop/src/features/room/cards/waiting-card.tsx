import type { LiveRoom } from '@kaibo/contract/show/live'
import { Avatar } from '@kaibo/ui/display/avatar.tsx'
import { useT } from '@kaibo/ui/i18n.ts'

/** Before the first picture. */
export function WaitingCard({ room }: { room: LiveRoom }) {
  const t = useT()
  return (
    <section className="room-card" role="status">
      <Avatar name={room.host.nickname} src={room.host.avatarUrl} size={72} />
      <h2 className="k-clamp">{room.title}</h2>
      <p>{t('room.waiting')}</p>
    </section>
  )
}
