/**
 * Words that judge, by strength. Marketing praise that stands in every description weighs little.
 *
 * @packageDocumentation
 */

/** Lines 'strength: word word', strength from -3 to 3; other forms of a word are found by its stem. */
export const SENTIMENT: string = `
3: adore amazing awesome best excellent fantastic flawless incredible love magnificent masterpiece outstanding phenomenal superb
2.4: brilliant delightful fabulous favorite favourite gorgeous impressed impressive recommend recommended terrific thrilled wonderful
1.8: bargain beautiful comfy compliment compliments cute delicious dependable enjoy flattering fun glad good great happy joy lovely nice pleasant pleased pleasing pretty reliable satisfied satisfying tasty trusted trustworthy worth
1.2: accurate better calming charming cheerful comfort comfortable comfortably convenient cosy cozy durable easily easy effective efficient fast fresh friendly generous gentle handy healthy helpful improve improved nicely practical precise quality quiet refreshing relaxing robust safe secure smooth soft soothing sturdy success successful supportive useful warm welcoming win
0.3: captivating chic crisp effortless elegance elegant enchanting exceptional exquisite gourmet ideal innovative luxurious luxury mesmerizing modern perfect perfectly premium rich sleek sophisticated sophistication striking stunning style stylish timeless ultimate unique versatile vibrant
-1: awkward baggy bland boring boxy bulky cheap complicated confusing cramped difficult dull expensive faded flimsy frumpy itchy lack lacking loose loud mediocre missing noisy odd overpriced plain pricey rough scratchy sheer shrank shrink shrunk slow smelly stain stained sticky stiff strange thin tight unflattering unfortunately weird worn wrinkled
-1.8: annoying bad break broke broken complain complaint damage damaged defect dirty disappointed disappointing disappointment dislike disliked fail failure fatigue faulty flaw flawed fragile hassle hurt inferior irritating irritation issue issues leak mistake pain painful poor poorly problem problems refund regret return returned returning ripped sad strain stress tear tore ugly uncomfortable unhappy unreliable unusable useless waste weak wrong
-3: abysmal awful dangerous disgusting dreadful fraud garbage hate horrible junk nightmare ruined scam terrible toxic trash worst
`;
