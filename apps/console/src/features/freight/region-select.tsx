import { Field } from '@kaibo/ui/control/field.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { TreeSelect } from 'antd'
import { useEffect, useState } from 'react'

type Node = { value: string; title: string; children?: Node[] }

type RegionSelectProps = {
  /** Prefixes: provinces (2 digits), cities (4) and districts (6). */
  codes: readonly string[]
  onChange: (codes: string[]) => void
  error?: string | undefined
}

/** Any number of provinces, cities and districts; a whole province stands for all that is in it. */
export function RegionSelect({ codes, onChange, error }: RegionSelectProps) {
  const t = useT()
  const tree = useTree()
  const isComing = tree.length === 0
  return (
    <Field label={t('freight.regions')} error={error}>
      {control => (
        <TreeSelect<string[]>
          {...control}
          className="region-select"
          treeData={tree}
          loading={isComing}
          // Codes without a tree could only be shown as numbers.
          value={isComing ? [] : [...codes]}
          disabled={isComing}
          onChange={onChange}
          treeCheckable
          showCheckedStrategy={TreeSelect.SHOW_PARENT}
          showSearch={{ treeNodeFilterProp: 'title' }}
          maxTagCount={12}
          allowClear
          variant="borderless"
          placeholder={t('freight.regionsChoose')}
        />
      )}
    </Field>
  )
}

/** The country; it comes when a rule is first shown. */
function useTree(): Node[] {
  const [tree, setTree] = useState<Node[]>([])
  useEffect(() => {
    loadTree().then(setTree, () => {})
  }, [])
  return tree
}

async function loadTree(): Promise<Node[]> {
  const { provinces, citiesOf, countiesOf } = await import('@kaibo/ui/region/regions.ts')
  return provinces().map(province => ({
    value: province.code.slice(0, 2),
    title: province.name,
    children: citiesOf(province.code).map(city => ({
      value: city.code.slice(0, 4),
      title: city.name,
      children: countiesOf(city.code).map(({ code, name }) => ({ value: code, title: name })),
    })),
  }))
}
