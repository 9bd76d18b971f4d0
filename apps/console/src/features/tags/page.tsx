import type { Tag } from '@kaibo/contract/goods/tag'
import { newId } from '@kaibo/kernel/ids'
import { SelectField } from '@kaibo/ui/control/field.tsx'
import { api } from '@kaibo/ui/data/api.tsx'
import { Badge } from '@kaibo/ui/display/badge.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { useMyShop, useWorkplace } from '../account/workplace.tsx'
import { PlainTablePage } from '../goods/plain-table-page.tsx'
import { tagsKey } from '../goods/use-goods.ts'

const tones = ['plain', 'accent', 'success', 'warning'] as const

/** The shop's own marks on its products. */
export function TagsPage() {
  const t = useT()
  const { id: shopId } = useMyShop()
  const { can } = useWorkplace()
  return (
    <PlainTablePage<Tag>
      words="tags"
      queryKey={tagsKey(shopId)}
      resource={{
        list: page => api.tag.list({ shopId, ...page }),
        create: row => api.tag.create({ shopId, ...row }),
        update: row => api.tag.update({ shopId, ...row }),
        remove: row => api.tag.remove({ shopId, ...row }),
      }}
      blank={() => ({ id: newId(), name: '', tone: 'plain' })}
      columns={[
        {
          key: 'name',
          title: t('goods.name'),
          cell: ({ name, tone }) => <Badge tone={tone}>{name}</Badge>,
        },
      ]}
      fields={(row, change) => (
        <SelectField
          label={t('tags.tone')}
          value={row.tone}
          options={tones.map(value => ({ value, label: t(`tags.toneOf.${value}`) }))}
          onChange={({ target }) =>
            change({ tone: tones.find(tone => tone === target.value) ?? 'plain' })
          }
        />
      )}
      canChange={can('catalog.manage')}
    />
  )
}
