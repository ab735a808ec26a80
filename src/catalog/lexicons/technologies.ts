/**
 * Technologies and technical properties.
 *
 * @packageDocumentation
 */

/** Lines 'value: phrase, phrase'; '~' in front: the value itself is no phrase. See lexicon.ts. */
export const TECHNOLOGIES: string = `
bluetooth: bluetooth enabled
wifi: wi fi
~wireless: wireless, cordless
usb: usb c, usb type c, micro usb, usb port
hdmi: displayport, vga
~lightning connector: lightning connector, lightning cable, lightning port, thunderbolt
nfc: contactless payment
gps: gps enabled, gps tracking
5g: lte
4k: ultra hd
hd: full hd, 1080p, high definition, 720p
oled: amoled, qled
lcd: lcd display, lcd screen
retina display:
hdr: dolby vision
dolby: dolby atmos
surround sound: spatial audio, 360 sound
noise cancelling: noise canceling, noise cancellation, anc, noise isolating
hi fi: high fidelity, hifi
voice control: voice controlled, voice assistant, alexa, siri, google assistant
smart home: home automation, homekit, zigbee, z wave, smart plug, smart thermostat
app control: app controlled, app enabled, companion app
touchscreen: touch screen, touch sensitive
motion sensor: motion detection, motion activated
sensor:
heart rate monitor: heart rate, fitness tracking, sleep tracking
led: led light, led lighting
solar: solar powered, solar panel, solar charger
rechargeable: rechargeable battery
long battery: long battery life, all day battery
battery powered: battery operated, lithium ion, battery
fast charging: quick charge, fast charger
wireless charging: qi certified, magsafe
waterproof: ipx7, ipx8, ip67, ip68
water resistant: water repellent, splashproof, ipx4
windproof: weatherproof, weather resistant
breathable: moisture wicking, quick drying, quick dry
insulated: thermal, double walled, insulation
non stick: nonstick
non slip: anti slip
shockproof: shock resistant, shock absorbing
scratch resistant:
uv protection: upf 50, uv400
polarized:
anti blue light: blue light blocking
anti glare: anti reflective, glare reducing
dishwasher safe: machine washable, microwave safe, oven safe, washable
foldable: collapsible, folding
adjustable:
ergonomic: ergonomics
reclining: recliner, swivel
lightweight: ultralight, ultra light
magnetic: magnet
automatic: self cleaning, auto shut off, hands free, programmable
remote control: rc
ai: artificial intelligence, machine learning
night vision: infrared
optical zoom: image stabilization, zoom lens
dslr: mirrorless
gaming: rgb lighting, high refresh rate
ssd: nvme
electric: motorized
digital:
quartz: quartz movement
mechanical: self winding
hypoallergenic: allergen free
eco friendly: sustainable, recycled, recyclable, biodegradable, compostable, reusable
organic:
bpa free: food grade
handmade: hand made, handcrafted, hand crafted, artisanal, handwoven
`;
