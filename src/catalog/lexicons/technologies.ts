/**
 * Technologies and technical properties.
 *
 * @packageDocumentation
 */

/** Lines 'value: phrase, phrase'; '~' in front: the value itself is no phrase. See lexicon.ts. */
export const TECHNOLOGIES: string = `
bluetooth: bluetooth enabled
wifi: wi fi, wireless internet, wlan
~wireless: wireless, cordless, kabellos, sans fil, inalámbrico
usb: usb c, usb type c, micro usb, usb port
hdmi: displayport, vga
~lightning connector: lightning connector, lightning cable, lightning port, thunderbolt
nfc: contactless payment
gps: gps enabled, gps tracking, geolocation
5g: 4g, lte
4k: uhd, ultra hd, 4k uhd, ultra high definition
hd: full hd, 1080p, high definition, 720p
8k:
oled: amoled, qled
lcd: lcd display, lcd screen
retina display: high resolution display
hdr: dolby vision
dolby: dolby atmos, dolby digital, dts
surround sound: spatial audio, 360 sound
noise cancelling: noise canceling, noise cancellation, active noise cancellation, anc, noise reduction, noise isolating, noise isolation
hi fi: high fidelity, hifi, studio quality sound
voice control: voice controlled, voice assistant, voice activated, voice commands, alexa, siri, google assistant
smart home: home automation, homekit, zigbee, z wave, matter compatible, smart plug, smart bulb, smart thermostat
app control: app controlled, app enabled, smartphone app, mobile app, companion app
touchscreen: touch screen, touch control, touch sensitive, touch controls
motion sensor: motion detection, motion detector, motion activated
sensor: light sensor, temperature sensor
heart rate monitor: heart rate, heart rate tracking, fitness tracking, sleep tracking, step counter
led: led light, led lighting, leds, led display
solar: solar powered, solar panel, solar charging, solar charger, photovoltaic
rechargeable: rechargeable battery, usb rechargeable, recharge
long battery: long lasting battery, long battery life, all day battery, battery life
battery powered: battery operated, batteries included, lithium ion, li ion, battery
fast charging: quick charge, fast charge, rapid charging, fast charger
wireless charging: qi charging, qi certified, magsafe, inductive charging
waterproof: water proof, ipx7, ipx8, ip67, ip68, wasserdicht, imperméable, submersible
water resistant: water repellent, waterresistant, splash proof, splashproof, ipx4, rainproof, showerproof
windproof: wind resistant, weatherproof, weather resistant, all weather
breathable: moisture wicking, quick drying, quick dry, sweat wicking, sweat resistant
insulated: thermal, thermal insulation, vacuum insulated, double walled, heat retaining, insulation
non stick: nonstick
non slip: anti slip, slip resistant, nonslip
shockproof: shock proof, drop proof, shock resistant, impact resistant, shock absorbing, shock absorption
scratch resistant: scratch proof
uv protection: uv protective, upf 50, uv blocking, uv400, uva
polarized: polarised
anti blue light: blue light blocking, blue light filter
anti glare: anti reflective, glare reducing
dishwasher safe: machine washable, microwave safe, oven safe, washable
foldable: collapsible, folding, fold away, foldaway
adjustable: height adjustable, adjustable height
ergonomic: ergonomically designed, ergonomics
reclining: recliner, swivel
lightweight: ultralight, ultra light, featherlight, light weight
magnetic: magnet, magnets
automatic: self cleaning, auto shut off, automatic shut off, hands free, programmable
remote control: remote controlled, rc
ai: artificial intelligence, machine learning, ai powered
vr: virtual reality, augmented reality
night vision: infrared, thermal imaging
optical zoom: optical image stabilization, image stabilization, zoom lens, telephoto
dslr: mirrorless, interchangeable lens, full frame sensor
gaming: rgb lighting, high refresh rate, ray tracing
ssd: solid state drive, nvme
electric: electrically powered, motorized, motorised, elektrisch
digital: digital display
quartz: quartz movement, japanese quartz
mechanical: self winding, automatic movement
hypoallergenic: allergen free, dermatologically tested
eco friendly: sustainable, sustainably sourced, recycled, recyclable, biodegradable, compostable, environmentally friendly, reusable
organic: certified organic, bio, biologique
bpa free: food grade
handmade: hand made, handcrafted, hand crafted, artisanal, handwoven, hand woven, hand painted, hand knitted
`;
