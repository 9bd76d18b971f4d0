import type { ChatBoard, ChatSettings } from '@kaibo/contract/show/chat'
import { Switch } from '@kaibo/ui/choice/switch.tsx'
import { SelectField } from '@kaibo/ui/control/field.tsx'
import { api } from '@kaibo/ui/data/api.tsx'
import { useActionOf } from '@kaibo/ui/data/hooks.ts'
import { useT } from '@kaibo/ui/i18n.ts'
import { slowModesSec } from './model.ts'

type RoomSettingsProps = {
  shopId: string
  liveId: string
  settings: ChatSettings
  onBoard: (board: ChatBoard) => void
}

/** Slow mode, followers only, questions on or off; each works at once. */
export function RoomSettings({ shopId, liveId, settings, onBoard }: RoomSettingsProps) {
  const t = useT()
  const set = useActionOf(
    (change: Partial<ChatSettings>) =>
      api.chat.setSettings({ shopId, id: liveId, ...settings, ...change }),
    { onDone: onBoard },
  )
  const offered = [...new Set([...slowModesSec, settings.slowModeSec])].toSorted((a, b) => a - b)
  return (
    <section className="k-stack" aria-label={t('guard.settings')}>
      <h3>{t('guard.settings')}</h3>
      <SelectField
        label={t('guard.slowMode')}
        hint={t('guard.slowModeHint')}
        value={String(settings.slowModeSec)}
        disabled={set.busy}
        options={offered.map(sec => ({
          value: String(sec),
          label: sec === 0 ? t('guard.slowOff') : t('guard.slowSec', { count: sec }),
        }))}
        onChange={event => set.run({ slowModeSec: Number(event.target.value) })}
      />
      <Switch
        label={t('guard.followers')}
        hint={t('guard.followersHint')}
        checked={settings.isFollowersOnly}
        busy={set.busy}
        onChange={isFollowersOnly => set.run({ isFollowersOnly })}
      />
      <Switch
        label={t('guard.questions')}
        hint={t('guard.questionsHint')}
        checked={settings.takesQuestions}
        busy={set.busy}
        onChange={takesQuestions => set.run({ takesQuestions })}
      />
    </section>
  )
}
