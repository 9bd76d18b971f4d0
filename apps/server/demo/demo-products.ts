/**
 * The demo products. Wording is plain and checkable: materials, sizes, use and care; no
 * superlatives and no promises about health, as advertising rules for live selling demand.
 */

import { colourBySize, type DemoProduct, oneAxis, size, text } from './product-shape.ts'

const weight = text('规格', 'Weight')
const set = text('套装', 'Set')

export const demoProducts: readonly DemoProduct[] = [
  {
    slug: 'longjing-tea',
    title: text('龙井春茶 罐装', 'Spring Longjing tea, canister'),
    point: text(
      '清明后头一批，扁平匀整，豆香清雅',
      'Picked just after Qingming, flat and even, with a light bean aroma',
    ),
    description: text(
      '一芽一叶到一芽二叶，手工辅助炒制，纸罐分装。建议 85℃ 左右的水冲泡，投茶 3 克，可续水三次。请避光冷藏，开罐后两个月内喝完风味更好。',
      'One bud with one or two leaves, pan-fired with hand finishing and packed in paper canisters. Brew 3 g at about 85 °C, good for three infusions. Keep cool and dark; drink within two months of opening.',
    ),
    category: 'tea-leaves',
    weightG: 180,
    picture: 'products/longjing-tea.webp',
    ...oneAxis(weight, [
      [text('50g', '50 g'), 6800, 120],
      [text('100g', '100 g'), 12800, 86],
      [text('250g', '250 g'), 29800, 18],
    ]),
  },
  {
    slug: 'celadon-cup',
    title: text('手作青瓷莲瓣杯', 'Handmade celadon lotus cup'),
    point: text(
      '釉色温润，一手可握，盛茶约 120 毫升',
      'A soft jade glaze that fits one hand; holds about 120 ml',
    ),
    description: text(
      '手工拉坯，杯身刻浅莲瓣，高温还原烧成。每只釉色深浅略有差别，属手作特点。可洗碗机清洗，不可直接明火加热。',
      'Thrown by hand, carved with shallow lotus petals and fired in reduction. The glaze differs slightly from cup to cup. Dishwasher safe; not for open flame.',
    ),
    category: 'tableware',
    weightG: 320,
    picture: 'products/celadon-cup.webp',
    ...oneAxis(set, [
      [text('单只', 'Single'), 8900, 42],
      [text('对杯', 'Pair'), 16900, 3],
      [text('四只礼盒', 'Gift box of four'), 32800, 9],
    ]),
  },
  {
    slug: 'linen-apron',
    title: text('水洗亚麻围裙', 'Washed linen apron'),
    point: text(
      '亚麻透气，越洗越软，前面一个大口袋',
      'Breathable linen that softens with washing, one wide front pocket',
    ),
    description: text(
      '100% 亚麻，220 克/平方米，出厂前经过水洗。颈带可调，腰带可绕到身前打结。30℃ 以下机洗，中温熨烫。',
      '100 % linen, 220 g/m², washed before it leaves the workshop. Adjustable neck strap; waist ties long enough to knot in front. Machine wash up to 30 °C, medium iron.',
    ),
    category: 'accessories',
    weightG: 260,
    picture: 'products/linen-apron.webp',
    ...colourBySize(
      [
        { value: text('均码', 'Regular'), priceFen: 11900 },
        { value: text('加长', 'Long'), priceFen: 12900 },
      ],
      [
        { value: text('燕麦', 'Oat'), stock: [64, 28] },
        { value: text('灰蓝', 'Dusk blue'), stock: [37, 0] },
        { value: text('苔绿', 'Moss'), stock: [21, 12] },
      ],
    ),
  },
  {
    slug: 'bamboo-steamer',
    title: text('竹编蒸笼', 'Woven bamboo steamer'),
    point: text(
      '竹篾手编，透气不滴水，包子馒头都合适',
      'Hand-woven slats breathe and do not drip; for buns and dumplings alike',
    ),
    description: text(
      '毛竹制，竹钉与竹篾固定，不使用胶水。首次使用前用清水蒸 10 分钟；用后晾干，放在通风处，避免长霉。',
      'Made of moso bamboo, held with bamboo pins and strips, no glue. Steam it empty for ten minutes before first use; dry it in moving air after each use.',
    ),
    category: 'kitchenware',
    weightG: 700,
    picture: 'products/bamboo-steamer.webp',
    ...oneAxis(size, [
      [text('18cm 单层带盖', '18 cm, one tier with lid'), 5900, 75],
      [text('21cm 双层带盖', '21 cm, two tiers with lid'), 8900, 52],
      [text('25cm 双层带盖', '25 cm, two tiers with lid'), 11900, 16],
    ]),
  },
  {
    slug: 'osmanthus-honey',
    title: text('桂花蜜', 'Osmanthus honey'),
    point: text(
      '洋槐蜜浸当季金桂，配料只有两样',
      'Acacia honey steeped with this season’s osmanthus; two ingredients only',
    ),
    description: text(
      '配料：洋槐蜂蜜、金桂。温水冲饮、拌酸奶、抹面包都可以。低温可能结晶，属正常现象，隔温水化开即可。一岁以下婴儿不宜食用蜂蜜。',
      'Ingredients: acacia honey, osmanthus blossom. For warm water, yoghurt or toast. It may crystallise when cold; stand the jar in warm water. Not for infants under one year.',
    ),
    category: 'sweets',
    weightG: 520,
    picture: 'products/osmanthus-honey.webp',
    ...oneAxis(weight, [
      [text('250g', '250 g'), 3900, 140],
      [text('500g', '500 g'), 6900, 95],
    ]),
  },
  {
    slug: 'walnut-board',
    title: text('黑胡桃木砧板', 'Walnut cutting board'),
    point: text(
      '整木带柄，厚 2 厘米，切面包也能上桌',
      'One piece with a handle, 2 cm thick; cuts bread and serves it',
    ),
    description: text(
      '北美黑胡桃整板，食品级木蜡油封表。木纹每块不同。请手洗晾干，不要浸泡，不进洗碗机；每两三个月补一次油。',
      'A single plank of American walnut finished with food-grade oil. The grain differs from board to board. Wash by hand, do not soak, no dishwasher; oil it every two or three months.',
    ),
    category: 'kitchenware',
    weightG: 1100,
    picture: 'products/walnut-board.webp',
    ...oneAxis(size, [
      [text('小号 34×18cm', 'Small, 34 × 18 cm'), 12800, 33],
      [text('大号 42×24cm', 'Large, 42 × 24 cm'), 18800, 14],
    ]),
  },
  {
    slug: 'camellia-cream',
    title: text('山茶花护手霜', 'Camellia hand cream'),
    point: text(
      '山茶籽油配方，推开就吸收，不黏手',
      'With camellia seed oil; spreads easily and leaves no stickiness',
    ),
    description: text(
      '含山茶籽油与甘油，淡花香，铝管包装，适合随身带。初次使用请先在手腕内侧试用；如有不适请停用。',
      'With camellia seed oil and glycerin, lightly scented, in an aluminium tube that travels well. Try it on the inside of the wrist first; stop if irritation occurs.',
    ),
    category: 'hand-care',
    weightG: 90,
    picture: 'products/camellia-cream.webp',
    ...oneAxis(weight, [
      [text('30g', '30 g'), 3200, 160],
      [text('75g', '75 g'), 5900, 88],
    ]),
  },
  {
    slug: 'cotton-tote',
    title: text('厚帆布托特包', 'Heavy cotton tote'),
    point: text(
      '12 安帆布，装得下电脑和一把青菜',
      '12 oz canvas with room for a laptop and a bunch of greens',
    ),
    description: text(
      '100% 棉帆布，提手加固缝线，内有一个小插袋。肩带垂长 28 厘米。深浅色分开冷水洗，自然晾干。',
      '100 % cotton canvas, reinforced handles, one inner slip pocket. Strap drop 28 cm. Wash cold with like colours and line dry.',
    ),
    category: 'bags',
    weightG: 210,
    picture: 'products/cotton-tote.webp',
    ...colourBySize(
      [
        { value: text('中号', 'Medium'), priceFen: 4900 },
        { value: text('大号', 'Large'), priceFen: 5900 },
      ],
      [
        { value: text('本白', 'Natural'), stock: [110, 73] },
        { value: text('砖红', 'Brick'), stock: [45, 26] },
      ],
    ),
  },
  {
    slug: 'drip-kettle',
    title: text('细口手冲壶', 'Hand-drip kettle'),
    point: text(
      '细长壶嘴，水流稳，泡茶冲咖啡都顺手',
      'A slim spout with a steady pour, for tea and for coffee',
    ),
    description: text(
      '304 不锈钢壶身，胡桃木手柄与盖钮，壶口内径 8 毫米。适用燃气灶与电磁炉；手柄请勿靠近明火。容量以满水计。',
      '304 stainless body, walnut handle and knob, 8 mm inner spout. For gas and induction; keep the handle away from flame. Capacity measured full.',
    ),
    category: 'brewing',
    weightG: 900,
    picture: 'products/drip-kettle.webp',
    ...oneAxis(text('容量', 'Capacity'), [
      [text('600ml', '600 ml'), 15900, 40],
      [text('900ml', '900 ml'), 18900, 22],
    ]),
  },
  {
    slug: 'candied-hawthorn',
    title: text('冰糖山楂串', 'Candied hawthorn skewers'),
    point: text(
      '去核山楂裹一层薄糖，酸甜脆口',
      'Pitted hawthorn in a thin sugar shell: sour, sweet and crisp',
    ),
    description: text(
      '配料：山楂、冰糖、水、白芝麻。每串独立包装，冷链发货。收到后请冷藏，48 小时内食用口感更好。食用时注意竹签。',
      'Ingredients: hawthorn, rock sugar, water, white sesame. Wrapped one by one and shipped cold. Keep refrigerated and eat within 48 hours. Mind the skewer.',
    ),
    category: 'sweets',
    weightG: 300,
    picture: 'products/candied-hawthorn.webp',
    ...oneAxis(text('数量', 'Count'), [
      [text('2 串', '2 skewers'), 1990, 60],
      [text('5 串', '5 skewers'), 4590, 35],
    ]),
  },
  {
    slug: 'wool-scarf',
    title: text('羊毛围巾', 'Wool scarf'),
    point: text(
      '纯羊毛，厚薄适中，流苏手工打结',
      'All wool, medium weight, with hand-knotted fringe',
    ),
    description: text(
      '100% 绵羊毛，长 190 厘米、宽 32 厘米（大号 200×70 厘米）。请干洗或用羊毛洗涤剂冷水手洗，平铺晾干。',
      '100 % sheep’s wool, 190 × 32 cm (large 200 × 70 cm). Dry clean, or wash by hand in cold water with wool detergent and dry flat.',
    ),
    category: 'accessories',
    weightG: 180,
    picture: 'products/wool-scarf.webp',
    ...colourBySize(
      [
        { value: text('常规', 'Regular'), priceFen: 16800 },
        { value: text('大号', 'Large'), priceFen: 23800 },
      ],
      [
        { value: text('驼色', 'Camel'), stock: [48, 19] },
        { value: text('雾灰', 'Mist grey'), stock: [36, 15] },
        { value: text('枫红', 'Maple'), stock: [27, 8] },
      ],
    ),
  },
  {
    slug: 'ceramic-vase',
    title: text('素陶花瓶', 'Plain ceramic vase'),
    point: text(
      '哑光白釉带细斑，一枝就好看',
      'Matte white with fine speckles; one branch is enough',
    ),
    description: text(
      '陶土手工拉坯，内壁施透明釉，不渗水。瓶口内径约 2.5 厘米，适合一两枝花材。图中枝条为陈列用，不随货发出。',
      'Thrown stoneware, glazed inside so that it holds water. The neck is about 2.5 cm wide, for a stem or two. The branch in the picture is not included.',
    ),
    category: 'vases',
    weightG: 850,
    picture: 'products/ceramic-vase.webp',
    ...oneAxis(text('高度', 'Height'), [
      [text('16cm', '16 cm'), 7900, 44],
      [text('22cm', '22 cm'), 11900, 25],
    ]),
  },
]
