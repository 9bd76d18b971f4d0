import { Choices } from '@kaibo/ui/choice/choices.tsx'
import { Switch } from '@kaibo/ui/choice/switch.tsx'
import { Icon } from '@kaibo/ui/display/icon.tsx'
import { List, ListItem } from '@kaibo/ui/display/list.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { Sheet } from '@kaibo/ui/overlay/sheet.tsx'
import { useQualities } from '@kaibo/ui/player/use-qualities.ts'
import { mayFly } from '../../danmaku/setting.ts'
import type { Opened } from '../opened.ts'
import type { useRoom } from '../use-room.ts'

type MenuSheetProps = {
  open: boolean
  onOpen: (opened: Opened) => void
  danmaku: readonly [isOn: boolean, set: (isOn: boolean) => void]
  picture: Pick<ReturnType<typeof useRoom>, 'sources' | 'quality' | 'isUnchosen' | 'setQuality'>
}

const rows = [
  ['chat', 'chat.area', { what: 'threads', rootId: null }],
  ['poll', 'poll.title', { what: 'polls' }],
  ['image', 'story.title', { what: 'stories' }],
] as const

/** What a room has besides: comments that stay, polls, stories, and whether words fly. */
export function MenuSheet({ open, onOpen, danmaku: [isOn, set], picture }: MenuSheetProps) {
  const t = useT()
  const qualities = useQualities(picture.sources, { enabled: open })
  return (
    <Sheet open={open} onClose={() => onOpen(null)} title={t('room.menu')} theme="paper">
      <div className="k-stack">
        {qualities.length > 0 && (
          <Choices
            label={t('room.quality')}
            options={qualities.map(quality => ({
              value: String(quality),
              label: typeof quality === 'number' ? `${quality}p` : t(`room.${quality}`),
            }))}
            value={String(picture.quality)}
            onChange={value => {
              const chosen = qualities.find(quality => String(quality) === value)
              if (chosen) picture.setQuality(chosen)
            }}
          />
        )}
        {picture.isUnchosen && (
          <p className="k-muted" role="status">
            {t('room.qualityGone')}
          </p>
        )}
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
