import { Button } from '@kaibo/ui/control/button.tsx'
import { TextField } from '@kaibo/ui/control/field.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { Dialog } from '@kaibo/ui/overlay/dialog.tsx'
import { Dropdown } from 'antd'
import { useState } from 'react'
import {
  isSameFilter,
  readSaved,
  type SavedFilter,
  withoutSaved,
  withSaved,
  writeSaved,
} from './saved-filters.ts'

type FilterMenuProps = {
  /** The page whose filters these are. */
  page: string
  filters: Readonly<Record<string, string>>
  onApply: (filters: Readonly<Record<string, string>>) => void
}

/** The lists somebody saved for this page: apply one, save the one on show, forget it. */
export function FilterMenu({ page, filters, onApply }: FilterMenuProps) {
  const t = useT()
  const [saved, setSaved] = useState(() => readSaved(page, localStorage))
  const [naming, setNaming] = useState<string | null>(null)
  const current = saved.find(one => isSameFilter(one.filters, filters))
  const keep = (next: SavedFilter[]) => {
    writeSaved(page, next, localStorage)
    setSaved(next)
  }
  const save = (typed: string) => {
    const name = typed.trim()
    if (name === '') return
    keep(withSaved(saved, { name, filters }))
    setNaming(null)
  }
  const items = [
    ...saved.map(one => ({
      key: `=${one.name}`,
      label: one.name,
      onClick: () => onApply(one.filters),
    })),
    ...(saved.length > 0 ? [{ type: 'divider' as const }] : []),
    current
      ? {
          key: 'forget',
          label: t('filters.forget', { name: current.name }),
          onClick: () => keep(withoutSaved(saved, current.name)),
        }
      : { key: 'save', label: t('filters.save'), onClick: () => setNaming('') },
  ]
  return (
    <>
      <Dropdown
        menu={{ items, selectedKeys: current ? [`=${current.name}`] : [] }}
        trigger={['click']}
      >
        <Button size="s">{current ? current.name : t('filters.saved')}</Button>
      </Dropdown>
      <Dialog
        open={naming !== null}
        onClose={() => setNaming(null)}
        onConfirm={() => save(naming ?? '')}
        title={t('filters.save')}
        confirmLabel={t('filters.keep')}
      >
        <TextField
          label={t('filters.name')}
          value={naming ?? ''}
          maxLength={20}
          data-autofocus
          onChange={event => setNaming(event.target.value)}
        />
      </Dialog>
    </>
  )
}
