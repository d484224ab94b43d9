<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_US">
<context>
    <name>ConnectionText</name>
    <message numerus="yes">
        <source>expires in %n day(s)</source>
        <translation>
            <numerusform>expires in %n day</numerusform>
            <numerusform>expires in %n days</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>UiText</name>
    <message numerus="yes">
        <source>%n s ago</source>
        <translation>
            <numerusform>%n s ago</numerusform>
            <numerusform>%n s ago</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n min ago</source>
        <translation>
            <numerusform>%n min ago</numerusform>
            <numerusform>%n min ago</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n h ago</source>
        <translation>
            <numerusform>%n h ago</numerusform>
            <numerusform>%n h ago</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n day(s) ago</source>
        <translation>
            <numerusform>%n day ago</numerusform>
            <numerusform>%n days ago</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sb::runtime::ConnectionTest</name>
    <message numerus="yes">
        <source>%n address(es)</source>
        <translation>
            <numerusform>%n address</numerusform>
            <numerusform>%n addresses</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n model(s)</source>
        <translation>
            <numerusform>%n model</numerusform>
            <numerusform>%n models</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sb::ui::DatabasesPage</name>
    <message numerus="yes">
        <source>%n job(s)</source>
        <translation>
            <numerusform>%n job</numerusform>
            <numerusform>%n jobs</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n record(s)</source>
        <translation>
            <numerusform>%n record</numerusform>
            <numerusform>%n records</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sb::ui::DrainDialog</name>
    <message numerus="yes">
        <source>The gateway is finishing %n running request(s).</source>
        <translation>
            <numerusform>The gateway is finishing %n running request.</numerusform>
            <numerusform>The gateway is finishing %n running requests.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Signalbox closes in at most %n second(s).</source>
        <translation>
            <numerusform>Signalbox closes in at most %n second.</numerusform>
            <numerusform>Signalbox closes in at most %n seconds.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sb::ui::GatewayPage</name>
    <message numerus="yes">
        <source>%n second(s)</source>
        <translation>
            <numerusform>%n second</numerusform>
            <numerusform>%n seconds</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n minute(s)</source>
        <translation>
            <numerusform>%n minute</numerusform>
            <numerusform>%n minutes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n hour(s)</source>
        <translation>
            <numerusform>%n hour</numerusform>
            <numerusform>%n hours</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sb::ui::HomePage</name>
    <message numerus="yes">
        <source>%1 in 24 h, %n request(s)</source>
        <translation>
            <numerusform>%1 in 24 h, %n request</numerusform>
            <numerusform>%1 in 24 h, %n requests</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sb::ui::MessageBar</name>
    <message numerus="yes">
        <source>%1 (%n times)</source>
        <translation>
            <numerusform>%1 (%n time)</numerusform>
            <numerusform>%1 (%n times)</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sb::ui::Overview</name>
    <message numerus="yes">
        <source>%Ln request(s)</source>
        <translation>
            <numerusform>%Ln request</numerusform>
            <numerusform>%Ln requests</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Spend is %1 on %Ln request(s); what was %2 is no longer known exactly in this time zone.</source>
        <translation>
            <numerusform>Spend is %1 on %Ln request; what was %2 is no longer known exactly in this time zone.</numerusform>
            <numerusform>Spend is %1 on %Ln requests; what was %2 is no longer known exactly in this time zone.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Spend is %1 on %Ln request(s); there was no traffic %2 to compare with.</source>
        <translation>
            <numerusform>Spend is %1 on %Ln request; there was no traffic %2 to compare with.</numerusform>
            <numerusform>Spend is %1 on %Ln requests; there was no traffic %2 to compare with.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Spend is %1 on %Ln request(s), against %2 %3.</source>
        <translation>
            <numerusform>Spend is %1 on %Ln request, against %2 %3.</numerusform>
            <numerusform>Spend is %1 on %Ln requests, against %2 %3.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln unpriced</source>
        <translation>
            <numerusform>%Ln unpriced</numerusform>
            <numerusform>%Ln unpriced</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sb::ui::RequestsPage</name>
    <message numerus="yes">
        <source>%Ln request(s)</source>
        <translation>
            <numerusform>%Ln request</numerusform>
            <numerusform>%Ln requests</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sb::ui::ServiceDetailsPanel</name>
    <message numerus="yes">
        <source>%n connection(s) use this service; while they do, it cannot be deleted.</source>
        <translation>
            <numerusform>%n connection uses this service; while it does, it cannot be deleted.</numerusform>
            <numerusform>%n connections use this service; while they do, it cannot be deleted.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sb::ui::StatusStrip</name>
    <message numerus="yes">
        <source>, %n stream(s)</source>
        <translation>
            <numerusform>, %n stream</numerusform>
            <numerusform>, %n streams</numerusform>
        </translation>
    </message>
</context>
</TS>
