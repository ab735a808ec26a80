/**
 * Words that judge, by strength. Marketing praise that stands in every description weighs little.
 *
 * @packageDocumentation
 */

/** Lines `strength: word word`; -3 to 3. */
export const SENTIMENT: string = `
3: amazing excellent outstanding phenomenal superb magnificent adore adored awesome fantastic incredible flawless love loved loves masterpiece best
2.4: wonderful terrific fabulous brilliant delightful impressive impressed recommend recommended thrilled delighted favorite favourite marvelous splendid gorgeous award winning
1.8: good great happy happily pleased enjoy enjoyed enjoyable joy joyful beautiful beautifully lovely reliable trustworthy trusted dependable satisfied satisfying nice pleasant pleasing delicious tasty likes liked liking comfy fun glad worth bargain compliments compliment flattering cute pretty
1.2: comfortable comfortably comfort durable sturdy soft cozy cosy smooth efficient effective practical useful helpful handy easy easily gentle safe secure quality reliable fresh generous charming cheerful soothing relaxing calming refreshing precise accurate robust convenient fast quiet supportive healthy warm welcoming win success successful friendly better improved improve nicely
0.3: perfect perfectly ideal stylish stunning exquisite premium luxurious luxury elegant elegance sleek sophisticated unique versatile vibrant timeless modern innovative exceptional captivating enchanting mesmerizing eyecatching ultimate striking rich crisp cuttingedge effortless effortlessly effortlessness unparalleled unmatched sophistication style chic gourmet irresistible dazzling
-1: cheap flimsy thin rough stiff itchy scratchy heavy bulky tight loose noisy loud slow difficult awkward odd weird strange confusing complicated faded fading worn dull plain boring bland shrink shrinks shrunk shrank wrinkled stain stained smelly overpriced expensive sticky cramped unflattering unfortunately lacking lack lacks missing mediocre meh pricey sheer boxy frumpy baggy
-1.8: bad poor poorly disappointing disappointed disappointment disappoints annoying annoyed uncomfortable unreliable problem problems issue issues broken break breaks broke fail fails failed failure defective defect faulty damaged damage ugly unhappy wrong flaw flawed flaws complain complaint complaints return returned returning refund weak leak leaks leaking leaked hurt hurts painful pain useless waste wasted mistake ripped tore tear tears torn regret fragile unusable inferior dirty stress strain fatigue sad irritating irritation dislike disliked hassle
-3: terrible horrible awful worst hate hated hates disgusting garbage junk trash atrocious abysmal dreadful appalling pathetic scam fraud dangerous toxic nightmare ruined
`;
