import { useT } from '@kaibo/ui/i18n.ts'
import { Sheet } from '@kaibo/ui/overlay/sheet.tsx'
import type { CommentsState } from '../comments/use-comments.ts'
import { AnnouncementForm } from './announcement-form.tsx'
import './guard.css'
import { RoomSettings } from './room-settings.tsx'
import { SanctionList } from './sanction-list.tsx'

type RoomSheetProps = {
  shopId: string
  liveId: string
  state: CommentsState
  open: boolean
  onClose: () => void
}

/** Order in the room: what is announced, who may write how often, and who may not. */
export function RoomSheet({ shopId, liveId, state, open, onClose }: RoomSheetProps) {
  const t = useT()
  const { board, setBoard, keeper } = state
  const room = { shopId, liveId, board, onBoard: setBoard }
  return (
    <Sheet open={open} onClose={onClose} title={t('guard.room')} side="end" tall>
      <div className="k-stack guard-sheet">
        {keeper.assists && <AnnouncementForm {...room} />}
        {board && <RoomSettings {...room} settings={board.settings} />}
        <SanctionList shopId={shopId} />
      </div>
    </Sheet>
  )
}
