import type { Style } from '../../corpus/style.ts';
import { TIMES } from '../../corpus/times.ts';

const TAGS = [
  'WindowManager',
  'PowerManagerService',
  'ActivityManager',
  'PhoneStatusBar',
  'AudioService',
  'SendBroadcastPermission',
];

/** A mobile system's log: key=value, nested braces, tags. */
export const handset: Style = {
  name: 'handset',
  header: (r, at, level) =>
    `${TIMES.logcat(at)}  ${r.int(1000, 9999)}  ${r.int(1000, 9999)} ${level[0]} ${r.own(TAGS)}: `,
  pools: {
    pkg: [
      'com.android.systemui',
      'com.acme.chat',
      'com.vendor.mail',
      'org.player.video',
      'com.acme.maps',
      'android',
    ],
    lock: [
      '"View Lock"',
      '"*launch*"',
      '"AudioMix"',
      '"RILJ"',
      '"PhoneWindowManager.mPowerKeyWakeLock"',
      '"WakefulService"',
    ],
    ws: ['null', 'null', 'WorkSource{10113}', 'WorkSource{10038}'],
    intent: [
      'android.intent.action.SCREEN_ON',
      'android.intent.action.SCREEN_OFF',
      'android.intent.action.TIME_TICK',
      'com.acme.SYNC_DONE',
    ],
    activity: [
      'com.acme.chat/.MainActivity',
      'com.acme.maps/.RouteActivity',
      'org.player.video/.PlayerActivity',
      'com.vendor.mail/.ui.InboxActivity',
    ],
  },
  templates: `
    20* DEBUG! acquire lock={big:9}, flags=0x{int:0-9}, tag={lock}, name={pkg}, ws={ws}, uid={int:10000-10200}, pid={int}
    18* DEBUG! release lock={big:9}, flg=0x{int:0-9}, tag={lock}, name={pkg}, ws={ws}, uid={int:10000-10200}, pid={int}
    8* DEBUG! ready=true,policy={int:0-3},wakefulness={int:0-3},wksummary=0x{hex:2},uasummary=0x{int:0-9},bootcompleted=true,boostinprogress={bool},waitmodeenable={bool},mode={bool},manual={int:0-200},auto=-1,adj={float}userId={int:0-10}
    6* VERBOSE! Skipping AppWindowToken{df{hex:5} token=Token{78{hex:5} ActivityRecord{3b{hex:5} u0 {activity} t{int:1-900}}}} -- going to hide
    6* DEBUG! setSystemUiVisibility vis={int:0-99} mask={hex:8} oldVal={big:8} newVal={big:8} diff={big:8} fullscreenStackVis={int:0-1} dockedStackVis=0, fullscreenStackBounds=Rect({int}, {int} - {int}, {int}), dockedStackBounds=Rect(0, 0 - {int}, {int})
    5* DEBUG! notifyUiVisibilityChanged:vis={big:9}, SystemUiVisibility={big:9}
    5* DEBUG! cancelPeek: from={cancelAutohide|removeNotification|topAppHidden}
    4* VERBOSE! printFreezingDisplayLogsopening app wtoken = AppWindowToken{9f{hex:5} token=Token{a6{hex:5} ActivityRecord{2f{hex:5} u0 {activity} t{int:1-900}}}}, allDrawn= {bool}, startingDisplayed = {bool}, startingMoved = {bool}, isRelaunching = {bool}
    4* DEBUG! userActivityNoUpdateLocked: eventTime={big:9}, event={int:0-3}, flags=0x{int:0-1}, uid={int:1000-1100}
    4* isAnimating/ visible is {system|user}.{time|call}.{showampm|count} gt {int:0-1}
    3* VERBOSE! getRunningAppProcesses: caller {int} does not hold REAL_GET_TASKS; limiting output
    3* Killing {int}:{pkg}/u0a{int:1-200} (adj {int:900-906}): empty #{int:1-40}
    3* START u0 {cmp={activity} flg=0x10000000} from pid {int}
    3* Displayed {activity}: +{int:100-900}ms
    3* Start proc {int}:{pkg}/u0a{int:1-200} for {activity|service|broadcast|content provider} {pkg}
    3* WARN! Scheduling restart of crashed service {pkg}/.SyncService in {int}ms
    2* WARN! Unable to start service Intent { act={intent} cmp={pkg}/.Svc } U=0: not found
    2* WARN! Permission Denial: broadcasting {intent} from {pkg} requires permission
    2* Process {pkg} (pid {int}) has died
    2* ERROR! ANR in {pkg} ({activity})
    2* VERBOSE! destroySurfaces: appStopped={bool}, w=Window{e6{hex:5} u0 {pkg}}, reason={resize|exit|stop}
    2* DEBUG! updateWakeLockSummaryLocked: mWakefulness={Awake|Dozing|Asleep}, mWakeLockSummary=0x{hex:2}
    1* Going to sleep due to {screen timeout|power button|device administration policy} (uid {int})...
    1* Waking up from {sleep|dozing} (uid={int} reason={intent})...
    1* getStreamVolume {int:0-10} index {int:0-150}
    1* Volume controller visible: {bool}
    1* playSoundEffect effectType: {int:0-9}
    1* doze: screen off for {dur}
  `,
};

/** A step counter app; separators instead of words. */
export const wearable: Style = {
  name: 'wearable',
  header: (r, at) =>
    `${TIMES.health(at)}|${r.own(['Step_LSC', 'Step_SPUtils', 'Step_ExtSDM', 'Step_StandReportReceiver', 'HiH_ListenerManager'])}|3000${r.int(1000, 9999)}|`,
  templates: `
    10* onStandStepChanged {int}
    10* onExtend:{big:13} {int:0-20} {int:0-9} {int:0-9}
    8* getTodayTotalDetailSteps = {big:13}##{int}##{int:500000-600000}##{int}##{int}##{big:8}
    8* setTodayTotalDetailSteps={big:13}##{int}##{int:500000-600000}##{int}##{int}##{big:8}
    8* calculateCaloriesWithCache totalCalories={int:100000-200000}
    8* calculateAltitudeWithCache totalAltitude={int:0-300}
    7* REPORT : {int} {int} {int:100000-200000} {int}
    4* flush sensor data
    4* processHandleBroadcastAction action:{android.intent.action.TIME_TICK|android.intent.action.SCREEN_ON|android.intent.action.SCREEN_OFF}
    4* onReceive action: {android.intent.action.SCREEN_ON|android.intent.action.SCREEN_OFF|android.intent.action.USER_PRESENT}
    3* screen status unknown,think screen on
    3* uploadStaticsToDB totalSteps={int}:{int}
    3* needRetry is {bool}
    2* startTimer start autoSync
    2* stopTimer stop autoSync
    2* getBinderPackageName packageName = {com.huawei.health|com.acme.fit}
    2* insertHiHealthData() bulkSaveDetailHiHealthData fail errorCode = {int:1-9},errorMessage = ERR_DATA_INSERT
    2* saveHealthDetailData() saveOneDetailData fail hiHealthData = {big:13},type = {int:40001-40006}
    1* checkInsertStatus stepSum or calorieSum is enough
    1* checkInsertStatus cache is not ready, wait {ms}
    1* hitHealthDataChange triggered by {word}
    1* initDataPrivacy the dataPrivacy is true
    1* getAppContext() isAppValid health packageName is = {com.acme.fit|com.acme.sport}
  `,
};

/** A warehouse's robot controller, columns with pipes and a unit glued to each number. */
export const robotFleet: Style = {
  name: 'robot-fleet',
  header: (r, at, level) =>
    `${TIMES.us(at)} | ${level.padEnd(7)} | rb${String(r.int(1, 40)).padStart(3, '0')} | ${r.own(['nav', 'pick', 'power', 'lidar'])} | `,
  pools: {
    aisle: ['north', 'south', 'east', 'west', 'mezzanine', 'dock', 'freezer'],
    tool: ['gripper', 'vacuum', 'forklift', 'scanner'],
  },
  templates: `
    12* pose x={float}m y={float}m theta={float}deg conf={pct}
    10* waypoint {CODE} reached in {dur} ({int:1-40} left)
    8* pick order {CODE} from bin {aisle}/{int:1-90} using {tool}
    8* place order {CODE} on belt {aisle} ok
    6* battery {pct} {int:40-54}V {float}A, {charging|discharging|idle}
    5* WARN! obstacle at {float}m bearing {int:0-359}deg, slowing to {float}m/s
    4* WARN! path to {aisle} blocked, replanning
    4* path to {aisle} clear
    3* ERROR! {tool} failed to engage after {int:1-5} attempts
    3* ERROR! {tool} stalled at {int:10-99}N
    3* {tool} calibrated in {ms}
    2* docking at charger {CODE}
    2* undocking from charger {CODE}
    2* joined zone {aisle} as {leader|follower}
    2* left zone {aisle}
    2* WARN! wheel {left|right} slip {pct}
    1* ERROR! EMERGENCY STOP pressed by {name}
    1* emergency stop released by {name}
    1* firmware {version} -> {version} scheduled at {clock}
    1* firmware {version} installed
    1* lidar frame drop {int:1-9}/{int:10-99}
    1* map tile {hex:12} loaded ({size})
    1* map tile {hex:12} evicted
    1* heartbeat lost for {dur}
    1* heartbeat restored
  `,
};
