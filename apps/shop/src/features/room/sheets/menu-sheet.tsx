import { Switch } from '@kaibo/ui/choice/switch.tsx'
import { Icon } from '@kaibo/ui/display/icon.tsx'
import { List, ListItem } from '@kaibo/ui/display/list.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { Sheet } from '@kaibo/ui/overlay/sheet.tsx'
import { mayFly } from '../../danmaku/setting.ts'
import type { Opened } from '../opened.ts'

type MenuSheetProps = {
  open: boolean
  onOpen: (opened: Opened) => void
  danmaku: readonly [isOn: boolean, set: (isOn: boolean) => void]
}

const rows = [
  ['chat', 'chat.area', { what: 'threads', rootId: null }],
  ['poll', 'poll.title', { what: 'polls' }],
  ['image', 'story.title', { what: 'stories' }],
] as const

/** What a room has besides: comments that stay, polls, stories, and whether words fly. */
export function MenuSheet({ open, onOpen, danmaku: [isOn, set] }: MenuSheetProps) {
  const t = useT()
  return (
    <Sheet open={open} onClose={() => onOpen(null)} title={t('room.menu')} theme="paper">
      <div className="k-stack">
        {mayFly() ? (
          <Switch
            label={t('room.danmaku')}
            hint={t('room.danmakuHint')}
            checked={isOn}
            onChange={set}
          />
        ) : (
          <p className="k-muted">{t('room.danmakuCalm')}</p>
        )}
        <List label={t('room.menu')} inset>
          {rows.map(([icon, title, next]) => (
            <ListItem
              key={title}
              lead={<Icon name={icon} />}
              title={t(title)}
              onPress={() => onOpen(next)}
            />
          ))}
        </List>
      </div>
    </Sheet>
  )
}
